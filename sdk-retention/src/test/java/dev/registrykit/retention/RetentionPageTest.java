package dev.registrykit.retention;

import dev.registrykit.testsupport.DocumentedCode;
import java.nio.file.Path;

/** The page on retention shows code that is compiled, and run by {@link RetentionExamplesTest}. */
class RetentionPageTest extends DocumentedCode {

  RetentionPageTest() {
    super(Path.of("../docs/retention.md"), Path.of("src/test/java/dev/registrykit/retention"));
  }
}
