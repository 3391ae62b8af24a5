package dev.registrykit.blaxel;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which way dependencies point, and what may stand in a signature that others compile against. */
class ArchitectureTest {

  private static final String EXPORTED = "dev.registrykit.blaxel";
  private static final String INTERNAL = EXPORTED + ".internal";
  private static final String GENERATED = INTERNAL + ".generated..";

  private static final JavaClasses MODULE = new ClassFileImporter().importPath(root());

  /** Finds the folder of the main classes, of which the tests are not a part. */
  private static Path root() {
    URI file =
        URI.create(BlaxelRegistry.class.getResource("BlaxelRegistry.class").toString());
    Path root = Path.of(file);
    for (int i = 0; i <= EXPORTED.chars().filter(c -> c == '.').count() + 1; i++) {
      root = root.getParent();
    }
    return root;
  }

  @Test
  void theModuleIsSeenWholeAndAlone() {
    assertTrue(MODULE.contain(BlaxelRegistry.class));
    assertTrue(MODULE.contain(INTERNAL + ".DefaultBlaxelRegistry"));
    assertTrue(MODULE.contain(INTERNAL + ".generated.api.ImagesApi"));
    assertTrue(!MODULE.contain(ArchitectureTest.class));
  }

  @Test
  void thePackageOfTheFacadeAloneIsExported() throws IOException {
    ModuleDescriptor module;
    try (InputStream file = Files.newInputStream(root().resolve("module-info.class"))) {
      module = ModuleDescriptor.read(file);
    }

    assertEquals(
        Set.of(EXPORTED),
        module.exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet()));
    assertEquals(
        Set.of("com.fasterxml.jackson.databind"),
        module.opens().stream()
            .flatMap(opened -> opened.targets().stream())
            .collect(Collectors.toSet()));
  }

  @Test
  void itDependsOnTheCoresOfferAndOnFewLibraries() {
    classes()
        .that(resideInAnyPackage(EXPORTED, INTERNAL, INTERNAL + ".wire", INTERNAL + ".auth"))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(
            "java..",
            "dev.registrykit",
            "dev.registrykit.http",
            "dev.registrykit.spi..",
            EXPORTED,
            INTERNAL + "..",
            "com.fasterxml.jackson..",
            "org.jspecify.annotations",
            "org.slf4j"))
        .check(MODULE);
  }

  @Test
  void theFacadeKnowsNothingOfGeneratedCodeOrLibraries() {
    noClasses()
        .that()
        .resideInAPackage(EXPORTED)
        .should()
        .dependOnClassesThat(resideInAnyPackage(
            GENERATED, "com.fasterxml.jackson..", "io.github.resilience4j..", "org.snakeyaml.."))
        .check(MODULE);
  }

  @Test
  void generatedCodeIsUsedByTheAdapterAlone() {
    noClasses()
        .that(JavaClass.Predicates.resideOutsideOfPackage(INTERNAL + ".."))
        .should()
        .dependOnClassesThat(resideInAPackage(GENERATED))
        .check(MODULE);
  }

  @Test
  void generatedCodeKnowsNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(GENERATED)
        .should()
        .dependOnClassesThat(resideInAnyPackage(
            EXPORTED, INTERNAL, "dev.registrykit", "dev.registrykit.http", "dev.registrykit.spi.."))
        .check(MODULE);
  }

  @Test
  void noOtherProviderAndNoTestCodeIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage(
            "dev.registrykit.scaleway..",
            "dev.registrykit.oci..",
            "dev.registrykit.testkit..",
            "org.junit..",
            "io.github.resilience4j.."))
        .check(MODULE);
  }

  @Test
  void whatOthersCompileAgainstHoldsOnlyTheJdksTypesAndOurPublicOnes() {
    Set<String> foreign = exported()
        .flatMap(ArchitectureTest::signatureTypes)
        .map(JavaClass::getBaseComponentType)
        .filter(type -> !type.isPrimitive())
        .map(JavaClass::getPackageName)
        .filter(name -> !name.startsWith("java."))
        .filter(
            name -> !Set.of("dev.registrykit", "dev.registrykit.http", EXPORTED).contains(name))
        .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of(), foreign);
  }

  private static Stream<JavaClass> exported() {
    return MODULE.stream()
        .filter(type -> type.getPackageName().equals(EXPORTED))
        .filter(type -> isVisible(type.getModifiers()));
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> signatureTypes(JavaClass type) {
    Stream<JavaClass> ofMembers = type.getMembers().stream()
        .filter(member -> isVisible(member.getModifiers()))
        .flatMap(ArchitectureTest::signatureTypes);
    Stream<JavaClass> supertypes =
        Stream.concat(type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream());
    return Stream.concat(ofMembers, supertypes);
  }

  private static Stream<JavaClass> signatureTypes(JavaMember member) {
    Stream<JavaClass> thrown = member instanceof JavaCodeUnit code
        ? code.getThrowsClause().getTypes().stream()
        : Stream.of();
    return Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown);
  }

  @Test
  void whatOthersCompileAgainstIsAnInterfaceAnEnumOrFinal() {
    List<String> open = exported()
        .filter(type -> !type.isInterface() && !type.isEnum())
        .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
        .map(JavaClass::getName)
        .toList();

    assertEquals(List.of(), open);
    assertEquals(
        List.of(),
        exported().filter(JavaClass::isRecord).map(JavaClass::getName).toList());
  }

  @Test
  void noClassIsCalledAfterWhatItIsNot() {
    noClasses()
        .that()
        .resideOutsideOfPackage(GENERATED)
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Impl2)")
        .check(MODULE);
  }
}
