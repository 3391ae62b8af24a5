package dev.registrykit.testsupport;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The rules of the house that every module keeps, as docs/design.md gives them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the module is read once for all rules
public abstract class ModuleArchitecture {

  /** The most files of a package in which one still finds something. */
  private static final int MAX_FILES = 22;

  private static final String GENERATED = ".internal.generated";

  private final Path root;
  private final JavaClasses module;

  /**
   * Reads the module.
   *
   * @param one any class of it
   */
  protected ModuleArchitecture(Class<?> one) {
    try {
      root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
    module = new ClassFileImporter().importPath(root);
  }

  /** Returns the classes of the module, of which the tests are not a part. */
  protected final JavaClasses module() {
    return module;
  }

  /** Returns where the module's classes and resources are. */
  protected final Path root() {
    return root;
  }

  /** Returns the module's description of itself. */
  protected final ModuleDescriptor descriptor() throws IOException {
    try (InputStream file = Files.newInputStream(root.resolve("module-info.class"))) {
      return ModuleDescriptor.read(file);
    }
  }

  /** Returns the names of the packages that everybody may use. */
  protected final Set<String> exportedPackages() throws IOException {
    return descriptor().exports().stream()
        .filter(exported -> !exported.isQualified())
        .map(Exports::source)
        .collect(Collectors.toSet());
  }

  /** Returns the packages of ours, beside the exported ones, whose types exported ones may name. */
  protected abstract Set<String> namedPackages();

  /** Returns the simple names of classes that end as no class should, with a reason. */
  protected Set<String> oddNames() {
    return Set.of();
  }

  @Test
  final void theTestsAreNoPartOfWhatIsLookedAt() {
    assertTrue(!module.contain(getClass()));
    assertTrue(module.size() > 10, "classes: " + module.size());
  }

  @Test
  final void whatOthersCompileAgainstHoldsOnlyTheJdksTypesAndOurPublicOnes() throws IOException {
    Set<String> ours = Stream.concat(exportedPackages().stream(), namedPackages().stream())
        .collect(Collectors.toSet());

    Set<String> foreign = exported()
        .flatMap(ModuleArchitecture::signatureTypes)
        .map(JavaClass::getBaseComponentType)
        .filter(type -> !type.isPrimitive())
        .filter(type -> !type.getPackageName().startsWith("java."))
        .filter(type -> !type.getPackageName().equals("javax.net.ssl"))
        .filter(type -> !ours.contains(type.getPackageName()))
        .map(JavaClass::getName)
        .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of(), foreign);
  }

  /** Returns the types that others can see. */
  protected final Stream<JavaClass> exported() throws IOException {
    Set<String> packages = exportedPackages();
    return module.stream()
        .filter(type -> packages.contains(type.getPackageName()))
        .filter(type -> isVisible(type.getModifiers()));
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> signatureTypes(JavaClass type) {
    Stream<JavaClass> ofMembers = type.getMembers().stream()
        .filter(member -> isVisible(member.getModifiers()))
        .flatMap(ModuleArchitecture::signatureTypes);
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
  final void noFilesNeedEachOther() {
    slices()
        .assignedFrom(FILES)
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            describe("an interface", JavaClass::isInterface),
            describe("its own builder", type -> type.getSimpleName().endsWith("Builder")))
        .check(module);
  }

  /** Everything that stands in one file, which generated files need not be asked for. */
  private static final SliceAssignment FILES = new SliceAssignment() {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().contains(GENERATED)
          ? SliceIdentifier.ignore()
          : SliceIdentifier.of(file(type));
    }

    @Override
    public String getDescription() {
      return "files";
    }
  };

  private static String file(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  @Test
  final void noPackageIsSoFullThatNothingIsFoundInIt() {
    Map<String, Long> files = module.stream()
        .filter(type -> type.getPackageName().matches(".*\\.(internal|spi)(\\..*)?"))
        .filter(type -> !type.getPackageName().contains(GENERATED))
        .map(ModuleArchitecture::file)
        .distinct()
        .filter(file -> !file.endsWith(".package-info"))
        .collect(Collectors.groupingBy(
            file -> file.substring(0, file.lastIndexOf('.')), Collectors.counting()));
    files.values().removeIf(count -> count <= MAX_FILES);

    assertEquals(Map.of(), files);
  }

  @Test
  final void noClassIsNamedAfterNothingInParticular() {
    noClasses()
        .that()
        .resideOutsideOfPackage(".." + GENERATED.substring(1) + "..")
        .and(describe(
            "are not named so with reason", type -> !oddNames().contains(type.getSimpleName())))
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)\\d?")
        .check(module);
  }
}
