package dev.registrykit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.registrykit.testsupport.ModuleArchitecture;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of the house. */
class ArchitectureTest extends ModuleArchitecture {

  private static final String FACADE = "dev.registrykit";
  private static final String SPI = "dev.registrykit.spi..";

  ArchitectureTest() {
    super(Registry.class);
  }

  @Override
  protected Set<String> namedPackages() {
    return Set.of();
  }

  @Test
  void theFacadeDoesNotKnowTheSpi() {
    noClasses()
        .that()
        .resideInAnyPackage(FACADE, "dev.registrykit.http..")
        .and()
        .doNotHaveFullyQualifiedName(Registries.class.getName())
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SPI)
        .because("only the entry point by URI looks for providers")
        .check(module());
  }

  @Test
  void theSpiBuildsOnTheFacadeAndFewLibraries() {
    classes()
        .that()
        .resideInAPackage(SPI)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            FACADE,
            "dev.registrykit.http",
            "dev.registrykit.internal",
            SPI,
            "java..",
            "javax.net.ssl..",
            "io.github.resilience4j..",
            "org.slf4j..",
            "org.snakeyaml.engine..",
            "org.jspecify..")
        .check(module());
  }

  @Test
  void yamlIsReadByOneClassSinceTheLibraryIsOptional() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.YamlFile(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(".*\\.YamlFile(\\$.*)?")
        .check(module());
  }

  @Test
  void theFacadeNeedsOnlyTheJdk() {
    classes()
        .that()
        .resideInAnyPackage(FACADE, "dev.registrykit.http")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.registrykit..", "java..", "org.jspecify..")
        .because("logging and retries are the transport's, JSON is the providers'")
        .check(module());
  }

  @Test
  void retriesKnowResilience4jAndNobodyElseDoes() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Retries")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.resilience4j..")
        .check(module());
  }
}
