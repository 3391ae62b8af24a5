package dev.registrykit.spi.transport;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application may fill the common pool, of which there is one for the whole machine. */
class CommonPoolTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void noCallNeedsIt(int processors) throws Exception {
    ChildJvm.assertOk(ChildJvm.command(
        BlockedPoolProgram.class, List.of("-XX:ActiveProcessorCount=" + processors)));
  }

  @Test
  void noCallByTlsNeedsIt(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys.p12");
    SelfSigned.makeKeys(keys);
    ChildJvm.assertOk(ChildJvm.command(
        BlockedPoolProgram.class,
        List.of(
            "-XX:ActiveProcessorCount=2",
            "-Djavax.net.ssl.keyStore=" + keys,
            "-Djavax.net.ssl.keyStorePassword=" + SelfSigned.PASSWORD,
            "-Djavax.net.ssl.trustStore=" + keys,
            "-Djavax.net.ssl.trustStorePassword=" + SelfSigned.PASSWORD)));
  }
}
