package dev.registrykit.spi;

import dev.registrykit.Feature;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * A provider as a module of its own would bring it. It tells what it was opened with in the only
 * text a {@link Registry} has: its provider name.
 */
public final class TestRegistryProvider implements RegistryProvider {

  @Override
  public String scheme() {
    return "test";
  }

  @Override
  public Registry open(URI uri, Map<String, String> environment, HttpOptions options) {
    String opened = uri + " " + new TreeMap<>(environment) + " maxPages=" + options.maxPages();
    return new ScriptedRegistry(opened, EnumSet.allOf(Feature.class));
  }
}
