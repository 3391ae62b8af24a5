package dev.registrykit.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PrunePictureTest {

  /** {@code mvn -q -Ppicture -pl samples -am test-compile} draws it anew. */
  @Test
  void thePictureIsWhatTheProgramPrintsToday() throws IOException {
    assertEquals(Files.readString(PrunePicture.FILE).replace("\r\n", "\n"), PrunePicture.drawn());
  }
}
