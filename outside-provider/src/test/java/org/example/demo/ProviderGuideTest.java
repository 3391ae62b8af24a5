package org.example.demo;

import dev.registrykit.testsupport.DocumentedCode;
import java.nio.file.Path;

/** The guide's code is this provider's. */
class ProviderGuideTest extends DocumentedCode {

  ProviderGuideTest() {
    super(Path.of("../docs/provider-guide.md"), Path.of("src/main/java"), Path.of("src/test/java"));
  }
}
