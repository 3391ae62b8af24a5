package dev.registrykit.testsupport.provider;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.registrykit.testsupport.ModuleArchitecture;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Opens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which way a provider's dependencies point, and the rooms that it may have. */
public abstract class ProviderArchitecture extends ModuleArchitecture {

  /** The rooms of {@code internal}; a provider has those that it needs. */
  private static final Set<String> ROOMS =
      Set.of("", ".auth", ".auth.challenge", ".auth.stored", ".deletion", ".detail", ".wire");

  private final String exported;
  private final String internal;
  private final String generated;
  private final String[] allowed;

  /**
   * Reads the module.
   *
   * @param facade the provider's registry
   * @param foundations the exported packages of other providers that it is built on
   */
  protected ProviderArchitecture(Class<?> facade, String... foundations) {
    super(facade);
    exported = facade.getPackageName();
    internal = exported + ".internal";
    generated = internal + ".generated..";
    allowed = Stream.concat(
            Stream.of(
                "java..",
                "dev.registrykit",
                "dev.registrykit.http",
                "dev.registrykit.spi..",
                exported + "..",
                "com.fasterxml.jackson..",
                "org.jspecify.annotations",
                "org.slf4j"),
            Stream.of(foundations))
        .toArray(String[]::new);
  }

  @Override
  protected final Set<String> namedPackages() {
    return Set.of("dev.registrykit", "dev.registrykit.http");
  }

  @Test
  final void thePackageOfTheFacadeAloneIsExported() throws IOException {
    assertEquals(Set.of(exported), exportedPackages());
    assertEquals(Set.of(), descriptor().opens());
  }

  @Test
  final void metadataForNativeImagesNamesWhatIsReachedByReflection() throws IOException {
    Set<String> opened =
        descriptor().opens().stream().map(Opens::source).collect(Collectors.toSet());
    Set<String> reached = module().stream()
        .filter(type -> opened.contains(type.getPackageName()))
        .map(JavaClass::getName)
        .filter(name -> !name.endsWith(".package-info"))
        .collect(Collectors.toCollection(TreeSet::new));
    descriptor().provides().forEach(service -> reached.addAll(service.providers()));

    assertEquals(reached, new TreeSet<>(reflection().findValuesAsText("type")));
  }

  private JsonNode reflection() throws IOException {
    Path folder = root().resolve("META-INF/native-image");
    try (Stream<Path> files = Files.walk(folder)) {
      Path file = files
          .filter(any -> any.endsWith("reachability-metadata.json"))
          .findFirst()
          .orElseThrow();
      return new ObjectMapper().readTree(Files.readString(file)).required("reflection");
    }
  }

  @Test
  final void everyProviderHasTheSameRooms() {
    Set<String> others = module().stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith(internal))
        .map(name -> name.substring(internal.length()))
        .filter(room -> !room.startsWith(".generated") && !ROOMS.contains(room))
        .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of(), others);
  }

  @Test
  final void itDependsOnTheCoresOfferAndOnFewLibraries() {
    classes()
        .that(resideOutsideOfPackages(generated))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed))
        .check(module());
  }

  @Test
  final void theFacadeKnowsNothingOfGeneratedCodeOrLibraries() {
    noClasses()
        .that()
        .resideInAPackage(exported)
        .should()
        .dependOnClassesThat(resideInAnyPackage(generated, "com.fasterxml.jackson.."))
        .check(module());
  }

  @Test
  final void generatedCodeKnowsNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(generated)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.registrykit..").and(resideOutsideOfPackages(generated)))
        .check(module());
  }

  @Test
  final void whatOthersCompileAgainstIsAnInterfaceAnEnumOrFinal() throws IOException {
    assertEquals(
        List.of(),
        exported()
            .filter(type -> !type.isInterface() && !type.isEnum())
            .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL) || type.isRecord())
            .map(JavaClass::getName)
            .toList());
  }
}
