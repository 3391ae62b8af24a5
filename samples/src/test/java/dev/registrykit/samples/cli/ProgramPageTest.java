package dev.registrykit.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.testkit.Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/program.md says of the program. */
class ProgramPageTest {

  private static final Pattern POLICY = Pattern.compile("(?s)```yaml\\n(tags: .*?)```");

  private static final Pattern CODE = Pattern.compile("(?m)^\\| ([0-9]{1,3}) \\| (.*) \\|$");

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/program.md"));
  }

  @Test
  void thePolicyFileIsOne(@TempDir Path directory) throws IOException {
    Matcher policy = POLICY.matcher(page());
    assertTrue(policy.find());
    Path file = Files.writeString(directory.resolve("policy.yaml"), policy.group(1));
    try (Emulator emulator = Shop.OCI.open()) {
      Ran ran = Runner.on(emulator).run("prune", "URI", "shop/web", "--policy=" + file);

      assertEquals(ExitCode.DONE, ran.exitCode(), ran.err());
    }
  }

  @Test
  void theExitCodesAreThoseOfTheHelp() throws IOException {
    Map<String, String> codes = new TreeMap<>();
    Matcher rows = CODE.matcher(page().replaceFirst("(?s).*\\| exit code \\|", ""));
    while (rows.find()) {
      codes.put(rows.group(1), rows.group(2));
    }
    assertEquals(6, codes.size(), codes::toString);
    try (Emulator emulator = Shop.OCI.start()) {
      String help = Runner.on(emulator).run("prune", "--help").out();
      codes.forEach((code, meaning) ->
          assertTrue(help.contains("\n  %-3s   %s\n".formatted(code, meaning)), code));
    }
  }
}
