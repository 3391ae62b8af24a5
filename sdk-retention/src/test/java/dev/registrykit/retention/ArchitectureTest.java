package dev.registrykit.retention;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.registrykit.testsupport.ModuleArchitecture;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The rules of the house. */
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTest extends ModuleArchitecture {

  ArchitectureTest() {
    super(RetentionPlan.class);
  }

  @Override
  protected Set<String> namedPackages() {
    return Set.of("dev.registrykit");
  }

  @Test
  void itStandsOnTheFacadeAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.registrykit",
            "dev.registrykit.retention..",
            "java..",
            "com.fasterxml.jackson.core..",
            "org.snakeyaml.engine..",
            "org.jspecify..")
        .check(module());
  }

  @Test
  void jsonIsReadAndWrittenByFewClasses() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.((Plan|Journal)(Reader|Writer)|ReportWriter|JsonFields)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(module());
  }

  @Test
  void yamlIsReadByOneClass() {
    noClasses()
        .that()
        .doNotHaveSimpleName("YamlParser")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml..")
        .check(module());
  }
}
