package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.registrykit.spi.RegistryProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the providers' jars tell GraalVM of reflection; needs no GraalVM. */
class MetadataTest {

  private static final Pattern TYPE = Pattern.compile("\"type\": *\"([^\"]+)\"");

  @Test
  void everyProviderThatIsLoadedIsNamedAndNothingElseIs() throws IOException {
    Set<String> loaded = new TreeSet<>();
    ServiceLoader.load(RegistryProvider.class)
        .forEach(provider -> loaded.add(provider.getClass().getName()));

    assertFalse(loaded.isEmpty());
    assertEquals(loaded, named());
  }

  @Test
  void everyTypeThatIsNamedCanBeMade() throws Exception {
    for (String type : named()) {
      Object made = Class.forName(type).getDeclaredConstructor().newInstance();
      assertInstanceOf(RegistryProvider.class, made);
    }
  }

  private static Set<String> named() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String jar : List.of("sdk-oci", "sdk-scaleway", "sdk-blaxel", "sdk-github")) {
      String file = "META-INF/native-image/dev.registrykit/" + jar + "/reachability-metadata.json";
      try (InputStream metadata = MetadataTest.class.getClassLoader().getResourceAsStream(file)) {
        if (metadata != null) { // the provider is a dependency
          String text = new String(metadata.readAllBytes(), StandardCharsets.UTF_8);
          Matcher types = TYPE.matcher(text);
          while (types.find()) {
            named.add(types.group(1));
          }
        }
      }
    }
    return named;
  }
}
