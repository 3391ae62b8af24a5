package dev.registrykit.benchmarks;

import dev.registrykit.ImageRef;
import dev.registrykit.oci.OciRegistry;

/** Programs that print the names of one page and end. */
final class Starts {

  private Starts() {}

  /** With the JDK's client and a parser. */
  static final class Raw {
    private Raw() {}

    public static void main(String[] arguments) {
      new RawClient(arguments[0]).names().forEach(System.out::println);
    }
  }

  /** With RegistryKit. */
  static final class Kit {
    private Kit() {}

    public static void main(String[] arguments) {
      try (OciRegistry registry =
          OciRegistry.builder().registry("http://" + arguments[0]).build()) {
        registry.listTags(ImageRef.of("shop/app")).forEach(tag -> System.out.println(tag.name()));
      }
    }
  }

  /** With oras-java. */
  static final class Oras {
    private Oras() {}

    public static void main(String[] arguments) {
      new OrasUser(arguments[0]).names().forEach(System.out::println);
    }
  }
}
