import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks the bundle of a release: what Maven Central asks of each component, and what we promise beside
 * it. Run by check-bundle: {@code java CheckBundle.java CHECKOUT BUNDLE}, both folders.
 */
public final class CheckBundle {

  private static final Map<String, String> CHECKSUMS = Map.of("md5", "MD5", "sha1", "SHA-1");
  private static final List<String> OF_ANY_POM =
      List.of("name", "description", "url", "licenses/license/name", "licenses/license/url",
          "developers/developer/name", "scm/connection", "scm/developerConnection", "scm/url", "issueManagement/url");
  private static final String GROUP = "dev/registrykit";
  private static final String BEGIN = "<!-- runtime -->\n";

  private final Path checkout;
  private final Path bundle;
  private final Path group;
  private final List<String> complaints = new ArrayList<>();
  private final Map<String, String> licences = new TreeMap<>();

  private CheckBundle(Path checkout, Path bundle) {
    this.checkout = checkout;
    this.bundle = bundle;
    this.group = bundle.resolve(GROUP);
  }

  public static void main(String[] args) throws Exception {
    CheckBundle check = new CheckBundle(Path.of(args[0]), Path.of(args[1]));
    check.all();
    check.complaints.forEach(System.err::println);
    if (!check.complaints.isEmpty()) {
      System.exit(1);
    }
  }

  private void all() throws Exception {
    Set<String> published = names(group);
    expect(published().equals(published), "published: " + published + ", to be published: " + published());
    Map<Path, Element> poms = new TreeMap<>();
    for (Path file : files()) {
      expect(file.startsWith(group), file + " belongs to another group");
      checksums(file);
      if (file.toString().endsWith(".pom")) {
        poms.put(file, xml(file));
      }
    }
    expect(signatures() == 0 || signatures() == files().size(), "some files are signed and others not");
    Element parent = poms.entrySet().stream()
        .filter(pom -> pom.getKey().getFileName().toString().startsWith("registrykit-"))
        .findFirst().orElseThrow().getValue();
    for (Map.Entry<Path, Element> pom : poms.entrySet()) {
      component(pom.getKey().getParent(), pom.getValue(), parent);
    }
    thirdParties();
    System.out.printf("%d components of %d files, %s%n", poms.size(), files().size(),
        signatures() == 0 ? "not signed" : "all signed");
  }

  /** The parent, and every module whose folder is called sdk-something. */
  private Set<String> published() throws IOException {
    Set<String> modules = new TreeSet<>(names(checkout));
    modules.removeIf(name -> !name.startsWith("sdk-"));
    modules.add("registrykit");
    return modules;
  }

  private void component(Path folder, Element pom, Element parent) throws Exception {
    String artifact = text(pom, "artifactId");
    String version = folder.getFileName().toString();
    String jar = artifact + "-" + version;
    expect(!version.endsWith("-SNAPSHOT"), artifact + ": " + version + " is no release");
    expect(text(pom, "name") != null && text(pom, "description") != null, artifact + ": no name or description of its own");
    for (String element : OF_ANY_POM) {
      boolean inherits = text(pom, "parent/artifactId") != null;
      expect(text(pom, element) != null || inherits && text(parent, element) != null, artifact + ": no " + element);
    }
    for (String kind : List.of("-cyclonedx.json", "-cyclonedx.xml")) {
      expect(Files.exists(folder.resolve(jar + kind)), artifact + ": no " + jar + kind);
    }
    if ("pom".equals(text(pom, "packaging"))) {
      if (artifact.equals("sdk-bom")) {
        managesOnlyOurs(pom);
      }
      return;
    }
    for (String kind : List.of(".jar", "-sources.jar", "-javadoc.jar")) {
      jar(folder.resolve(jar + kind));
    }
    closure(xml(folder.resolve(jar + "-cyclonedx.xml")), !artifact.equals("sdk-testkit"));
  }

  private void managesOnlyOurs(Element pom) throws IOException {
    Set<String> managed = new TreeSet<>(Set.of("registrykit", "sdk-bom"));
    for (Element dependency : children(child(child(pom, "dependencyManagement"), "dependencies"), "dependency")) {
      expect("dev.registrykit".equals(text(dependency, "groupId")), "sdk-bom manages " + text(dependency, "artifactId"));
      managed.add(text(dependency, "artifactId"));
    }
    expect(text(pom, "parent/artifactId") == null, "sdk-bom has a parent, whose versions it would hand on");
    expect(managed.equals(published()), "sdk-bom manages " + managed);
  }

  private void jar(Path jar) throws IOException {
    if (!Files.exists(jar)) {
      complaints.add("missing: " + jar.getFileName());
      return;
    }
    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
      for (String file : List.of("LICENSE", "NOTICE")) {
        Path there = inside.getPath("META-INF", file);
        expect(Files.exists(there) && Files.mismatch(there, checkout.resolve(file)) == -1,
            jar.getFileName() + ": META-INF/" + file + " is missing or not ours");
      }
      boolean provider = Files.exists(inside.getPath("META-INF/services/dev.registrykit.spi.RegistryProvider"));
      boolean isMain = !jar.toString().endsWith("-sources.jar");
      expect(!provider || !isMain || holds(inside, "META-INF/native-image", "reachability-metadata.json"),
          jar.getFileName() + ": no reachability metadata");
      String content = jar.toString().endsWith("-javadoc.jar") ? "index.html"
          : isMain ? "module-info.class" : "module-info.java";
      expect(Files.exists(inside.getPath(content)), jar.getFileName() + ": no " + content);
    }
  }

  private static boolean holds(FileSystem jar, String folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(jar.getPath(folder))) {
      return files.anyMatch(file -> name.equals(String.valueOf(file.getFileName())));
    } catch (java.nio.file.NoSuchFileException e) {
      return false;
    }
  }

  /** Notes what a module needs at run time, as its SBOM has it. */
  private void closure(Element bom, boolean inProduction) {
    for (Element component : children(child(bom, "components"), "component")) {
      if ("dev.registrykit".equals(text(component, "group"))) {
        continue;
      }
      List<String> names = new ArrayList<>();
      Element found = child(component, "licenses");
      for (Element licence : found == null ? List.<Element>of() : children(found, "license")) {
        String id = text(licence, "id");
        names.add(id != null ? id : text(licence, "name"));
      }
      String expression = found == null ? null : text(found, "expression");
      if (expression != null) {
        names.add(expression);
      }
      expect(!names.isEmpty(), text(component, "name") + " says no licence");
      String row = "| " + text(component, "group") + ":" + text(component, "name") + " | " + text(component, "version")
          + " | " + String.join(" or ", names) + " | ";
      licences.merge(row, inProduction ? "production" : "tests", (a, b) -> a.equals("production") ? a : b);
    }
  }

  /** THIRD-PARTY.md holds the table that the SBOMs give. */
  private void thirdParties() throws IOException {
    StringBuilder table = new StringBuilder("| library | version | licence | needed by |\n|---|---|---|---|\n");
    licences.forEach((row, user) -> table.append(row).append(user).append(" |\n"));
    Path file = checkout.resolve("THIRD-PARTY.md");
    expect(Files.exists(file) && Files.readString(file).contains(BEGIN + table),
        "THIRD-PARTY.md has to hold, after " + BEGIN.strip() + ":\n" + table);
  }

  private void checksums(Path file) throws IOException, GeneralSecurityException {
    for (Map.Entry<String, String> kind : CHECKSUMS.entrySet()) {
      Path sum = file.resolveSibling(file.getFileName() + "." + kind.getKey());
      String actual = HexFormat.of().formatHex(MessageDigest.getInstance(kind.getValue()).digest(Files.readAllBytes(file)));
      expect(Files.exists(sum) && Files.readString(sum).strip().equals(actual), sum.getFileName() + " is missing or wrong");
    }
  }

  private int signatures() throws IOException {
    int count = 0;
    for (Path file : files()) {
      count += Files.exists(file.resolveSibling(file.getFileName() + ".asc")) ? 1 : 0;
    }
    return count;
  }

  /** The files that are neither a checksum nor a signature. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(bundle)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*\\.(asc|md5|sha1|sha256|sha512)"))
          .sorted().toList();
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return new TreeSet<>(children.filter(Files::isDirectory).map(child -> child.getFileName().toString()).toList());
    }
  }

  private void expect(boolean met, String complaint) {
    if (!met) {
      complaints.add(complaint);
    }
  }

  private static Element xml(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
    }
  }

  /** The text at a path of element names, or null. */
  private static String text(Element from, String path) {
    Element element = from;
    for (String name : path.split("/")) {
      element = element == null ? null : child(element, name);
    }
    return element == null || element.getTextContent().isBlank() ? null : element.getTextContent().strip();
  }

  private static Element child(Element parent, String name) {
    List<Element> all = parent == null ? List.of() : children(parent, name);
    return all.isEmpty() ? null : all.get(0);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent == null ? null : parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getNodeName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
