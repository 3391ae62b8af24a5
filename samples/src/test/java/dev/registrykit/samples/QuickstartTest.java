package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartTest {

  @Test
  void printsTheListingTheRefusalTheForcedDeletionAndTheMissingTag() {
    String printed = printedBy(() -> Quickstart.main(new String[0]));

    assertEquals(
        """
        Tags of shop/web, newest first, page 1
          prod
          latest
          1.3
        Tags of shop/web, newest first, page 2
          1.2
          1.1
          1.0

        The newest, read by name:
          prod

        Delete latest, strictly:
          SharedDigestException, siblings [1.3]

        Delete latest, with force:
          ACCEPTED, went with it: [1.3]

        Delete 9.9, which is not there:
          TagNotFoundException
          delete tag 9.9 of shop/web failed: there is no such tag
        """,
        printed
            .replaceAll("(?m)^(  [a-z0-9.]+) +sha256:.*$", "$1")
            .replaceAll("(?m)^  delete tag latest of shop/web failed: HTTP 412 .*\\n", ""));
    assertTrue(printed.contains("shared with 1.3"), printed);
  }

  private static String printedBy(Runnable program) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      program.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
