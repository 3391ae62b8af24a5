package dev.registrykit.reliability.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.reliability.LogWatch;
import dev.registrykit.testsupport.Thorough;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server repeats the credential in one place of its answers after another: in each text of a JSON body, each name
 * of a field, and each header. Whatever comes of it, no exception, log line
 * or event shows it, and no other origin is told.
 */
class RepeatedSecretTest {

  private static final Path CORPUS = Path.of("src/test/resources/fuzz");

  /** Of so many places, one is tried in {@code mvn verify}. */
  private static final int STRIDE = Boolean.getBoolean(Thorough.PROPERTY) ? 1 : 7;

  private static final Pattern PLACE =
      Pattern.compile("\"([^\"\\\\\\n]*)\"|(?m:^[A-Za-z0-9-]+: ([^\\n]*)$)");

  @ParameterizedTest
  @ValueSource(strings = {"oci-answers", "scaleway-answers", "blaxel-answers", "github-answers"})
  void isShownByNothing(String target) throws IOException {
    LogWatch.watch(AnswerTargets.SECRET);
    List<String> wrong = new ArrayList<>();
    int places = 0;
    for (Path kept : inputs(target)) {
      for (String input : repeating(Files.readString(kept, StandardCharsets.ISO_8859_1))) {
        if (places++ % STRIDE != 0) {
          continue;
        }
        try {
          FuzzTargets.run(target, input.getBytes(StandardCharsets.ISO_8859_1));
        } catch (Exception | AssertionError e) {
          wrong.add(kept.getFileName() + ": " + e.getMessage() + "\n" + input);
        }
        String shown = LogWatch.takeShown();
        if (shown != null) {
          wrong.add(kept.getFileName() + ": logged: " + shown + "\n" + input);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(places > 200, places + " places");
  }

  /** Returns the text with the secret in place of, and behind, what stands at each of the places. */
  private static List<String> repeating(String text) {
    List<String> all = new ArrayList<>();
    for (MatchResult place : PLACE.matcher(text).results().toList()) {
      int group = place.group(1) == null ? 2 : 1;
      String before = text.substring(0, place.start(group));
      String after = text.substring(place.end(group));
      all.add(before + AnswerTargets.SECRET + after);
      all.add(before + place.group(group) + AnswerTargets.SECRET + after);
    }
    return all;
  }

  /** Those that somebody wrote; what the fuzzer found is mostly no answer. */
  private static List<Path> inputs(String target) throws IOException {
    try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("found-"))
          .sorted()
          .toList();
    }
  }
}
