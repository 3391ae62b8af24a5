package dev.registrykit.samples.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a run of the program wrote, and how it ended. */
record Ran(int exitCode, String out, String err) {

  /** Its output, which is one JSON document in ASCII and nothing else. */
  JsonNode json() {
    try {
      if (!out.chars().allMatch(c -> c < 0x7f)) {
        throw new AssertionError("not ASCII: " + out);
      }
      return new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(out);
    } catch (IOException e) {
      throw new UncheckedIOException(out, e);
    }
  }

  /** Its only message. */
  String message() {
    if (err.lines().count() != 1) {
      throw new AssertionError("not one line: " + err);
    }
    return err.strip();
  }
}
