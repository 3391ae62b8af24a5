package dev.registrykit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, as docs/design.md gives them. */
class ArchitectureTest {

  private static final String FACADE = "dev.registrykit";
  private static final String SPI = "dev.registrykit.spi..";

  private static final JavaClasses MAIN = mainClasses();

  private static JavaClasses mainClasses() {
    try {
      return new ClassFileImporter()
          .importPath(Path.of(
              Registry.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theRulesSeeTheWholeModule() {
    assertTrue(MAIN.contain(Registry.class.getName()));
    assertTrue(MAIN.contain("dev.registrykit.spi.transport.Transport"));
    assertTrue(MAIN.contain("dev.registrykit.http.HttpOptions"));
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
        .check(MAIN);
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
            SPI,
            "java..",
            "javax.net.ssl..",
            "io.github.resilience4j..",
            "org.slf4j..",
            "org.snakeyaml.engine..",
            "org.jspecify..")
        .check(MAIN);
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
        .check(MAIN);
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
        .check(MAIN);
  }

  @Test
  void retriesKnowResilience4jAndNobodyElseDoes() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Retries")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.resilience4j..")
        .check(MAIN);
  }

  @Test
  void noForeignTypeStandsInAnExportedSignature() {
    codeUnits()
        .that(describe("are exported", ArchitectureTest::isExported))
        .should(onlyName(unit -> typesOf(unit)))
        .check(MAIN);
    fields()
        .that(describe("are exported", ArchitectureTest::isExported))
        .should(onlyName(field -> typesOf(field)))
        .check(MAIN);
  }

  @Test
  void noClassIsNamedAfterNothingInParticular() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)\\d?")
        .check(MAIN);
  }

  private static boolean isExported(JavaMember member) {
    Set<?> modifiers = member.getModifiers();
    return (modifiers.contains(PUBLIC) || modifiers.contains(PROTECTED))
        && (member.getOwner().getModifiers().contains(PUBLIC)
            || member.getOwner().getModifiers().contains(PROTECTED));
  }

  private static Stream<JavaType> typesOf(JavaMember member) {
    if (member instanceof JavaField field) {
      return Stream.of(field.getType());
    }
    JavaCodeUnit unit = (JavaCodeUnit) member;
    return Stream.of(
            Stream.of(unit.getReturnType()),
            unit.getParameterTypes().stream(),
            unit.getExceptionTypes().stream().map(type -> (JavaType) type))
        .flatMap(types -> types);
  }

  private static <T extends JavaMember> ArchCondition<T> onlyName(
      Function<T, Stream<JavaType>> types) {
    return new ArchCondition<>("name only types of the JDK and of RegistryKit") {
      @Override
      public void check(T member, ConditionEvents events) {
        Set<String> foreign = types
            .apply(member)
            .flatMap(type -> type.getAllInvolvedRawTypes().stream())
            .map(JavaClass::getBaseComponentType)
            .filter(type -> !type.isPrimitive())
            .filter(type -> !resideInAPackage("java..").test(type))
            .filter(type -> !resideInAPackage("javax.net.ssl..").test(type))
            .filter(type -> !resideInAPackage("dev.registrykit..").test(type))
            .map(JavaClass::getName)
            .collect(Collectors.toSet());
        events.add(new SimpleConditionEvent(
            member, foreign.isEmpty(), member.getDescription() + " names " + foreign));
      }
    };
  }
}
