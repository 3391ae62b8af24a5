package dev.registrykit.samples;

import dev.registrykit.testsupport.DocumentedCode;
import java.nio.file.Path;

/** README's snippets are those of the compiled samples, and README shows no other Java. */
class ReadmeSnippetsTest extends DocumentedCode {

  ReadmeSnippetsTest() {
    super(
        Path.of("../README.md"),
        Path.of("src/main/java/dev/registrykit/samples"),
        Path.of("src/test/java/dev/registrykit/samples"));
  }
}
