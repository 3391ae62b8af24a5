package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No text whatsoever leads a method to {@code DELETE /images}, which purges the workspace, or makes
 * the deletion of an image that of a tag, which a colon in its name would.
 *
 * <p>Texts are drawn at random, some hundreds for each seed; the seed is in the message of a
 * failure. A generator of our own: the engine of jqwik is built for another generation of JUnit.
 */
class NoWayToThePurgeTest extends BlaxelTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();

  private static final int TEXTS = 3000;

  /** What has a meaning in a path, a reference or a URL, and a bit of everything else. */
  private static final List<String> PIECES = List.of(
      "",
      "",
      " ",
      "\t",
      "\n",
      "\r\n",
      "\u0000",
      "\u00a0",
      "\u2028",
      "/",
      "//",
      "\\",
      ".",
      "..",
      ":",
      "@",
      "?",
      "#",
      "%",
      "%2F",
      "%2f",
      "%2e",
      "%00",
      "%3A",
      "+",
      "&",
      "=",
      ";",
      "*",
      "~",
      "..;",
      "app",
      "sandbox",
      "sandboxes",
      "agent",
      "images",
      "tags",
      "share",
      "_",
      "latest",
      "1.0",
      "\u00e9",
      "\u0131",
      "\u2215",
      "\uff0f",
      "\ud83d\ude00",
      "\ud800",
      "-",
      "A");

  /** One more seed than yesterday costs nothing, and is the same for everybody that day. */
  static LongStream seeds() {
    return LongStream.of(1, 2, 3, System.currentTimeMillis() / 86_400_000L);
  }

  /** Every third text is a good one, perhaps with something put into it. */
  private static String text(Random random) {
    if (random.nextInt(3) == 0) {
      String good = List.of("app", "sandbox", "v1.0", "acme-2").get(random.nextInt(4));
      int at = random.nextInt(good.length() + 1);
      return good.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + good.substring(at);
    }
    int pieces = random.nextInt(5);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= pieces; i++) {
      text.append(
          random.nextInt(8) == 0
              ? new String(Character.toChars(random.nextInt(0x3000)))
              : PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** What takes a text from a caller and sends something, with the text in each place there is. */
  private Map<String, BiConsumer<String, String>> methods() {
    Map<String, BiConsumer<String, String>> methods = new LinkedHashMap<>();
    methods.put("deleteImage of", (a, b) -> registry.deleteImage(ImageRef.of(a + "/" + b), STRICT));
    methods.put("deleteImage of one", (a, b) -> registry.deleteImage(ImageRef.of(a), STRICT));
    methods.put(
        "deleteImage parse", (a, b) -> registry.deleteImage(ImageRef.parse(a + "/" + b), STRICT));
    methods.put(
        "deleteImage of a type",
        (a, b) -> registry.deleteImage(ImageRef.of("sandbox/" + a), STRICT.ignoringMissing()));
    methods.put(
        "deleteImage of a name",
        (a, b) -> registry.deleteImage(ImageRef.of(a + "/app"), STRICT.withForce()));
    methods.put("deleteTag", (a, b) -> registry.deleteTag(APP, a));
    methods.put("deleteTag of", (a, b) -> registry.deleteTag(ImageRef.of("sandbox/" + a), b));
    methods.put(
        "deleteTag read",
        (a, b) -> registry.deleteTag(Tag.builder(ImageRef.of("sandbox/" + a), b).build(), STRICT));
    methods.put(
        "deleteTag forged",
        (a, b) -> registry.deleteTag(Tag.builder(APP, a).providerId(b).build(), STRICT));
    methods.put("unshareImage", (a, b) -> registry.unshareImage(APP, a));
    methods.put("unshareImage of", (a, b) -> registry.unshareImage(ImageRef.of("sandbox/" + a), b));
    methods.put("declineShare", (a, b) -> registry.declineShare(a));
    methods.put("acceptShare", (a, b) -> registry.acceptShare(a));
    methods.put("purge", (a, b) -> registry.purgeAllUnusedImagesOfWorkspace(a));
    return methods;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noTextLeadsThere(long seed) {
    emulator.addTag("sandbox/kept", "1.0");
    quick();
    Random random = new Random(seed);
    List<Map.Entry<String, BiConsumer<String, String>>> methods =
        new ArrayList<>(methods().entrySet());
    int sent = 0;
    for (int i = 0; i < TEXTS; i++) {
      var method = methods.get(i % methods.size());
      String a = text(random);
      String b = text(random);
      emulator.clearRequests();
      callWhateverComes(method.getValue(), a, b);
      for (RecordedRequest request : emulator.requests()) {
        assertHarmless(request, "seed " + seed + ": " + method.getKey());
        sent++;
      }
    }
    assertEquals(0, emulator.purgeCount());
    assertEquals(List.of("1.0"), emulator.tagNames("sandbox/kept"));
    assertTrue(sent > 100, "seed " + seed + ", requests: " + sent);
  }

  /** Sends no request twice, for most are refused. */
  private void quick() {
    registry.close();
    registry =
        builder().httpOptions(httpOptions().withRetryPolicy(RetryPolicy.none())).build();
  }

  private static void callWhateverComes(BiConsumer<String, String> method, String a, String b) {
    try {
      method.accept(a, b);
    } catch (IllegalArgumentException | RegistryServiceException e) {
      // refused here, or there
    }
  }

  /** A path is the operation's own: the pieces in it are whole, and decode to nothing special. */
  private static void assertHarmless(RecordedRequest request, String method) {
    String path = request.rawPath();
    List<String> pieces = List.of(path.substring("/v0/".length()).split("/", -1));
    for (String raw : pieces) {
      String piece = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
      assertTrue(
          piece.equals(raw) && piece.matches("[a-zA-Z0-9._-]+") && !piece.matches("\\.+"),
          () -> method + " sent " + request);
    }
    int expected = switch (method.replaceFirst("seed -?[0-9]+: ", "").replaceFirst(" .*", "")) {
      case "deleteImage" -> 3;
      case "deleteTag" -> request.method().equals("GET") ? 4 : 5;
      case "unshareImage" -> 5;
      default -> 3;
    };
    assertEquals(expected, pieces.size(), () -> method + " sent " + request);
  }

  /** The last wall: what stands in a path is checked where it is put there, whoever asks. */
  @ParameterizedTest
  @ValueSource(
      strings = {"sandbox/", "/app", "sandbox/.", "sandbox/..", "./app", "../app", "sandbox//app"})
  void noReferenceHasAPieceThatLeadsElsewhere(String path) {
    assertThrows(IllegalArgumentException.class, () -> ImageRef.of(path));
    assertThrows(
        IllegalArgumentException.class, () -> registry.deleteImage(ImageRef.parse(path), STRICT));
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app",
        "sandbox/team/app",
        "_/app",
        "1/app",
        "sandbox;a=b/app",
        "sandbox/app;a=b",
        "sandbox/..;",
        "sandbox/...",
        "sandbox/a+b",
        "sandbox/a&b",
        "sandbox/a*",
        "sandbox/a~"
      })
  void whatIsNoTypeAndNameIsRefused(String path) {
    ImageRef image = ImageRef.of(path);

    assertThrows(IllegalArgumentException.class, () -> registry.deleteImage(image, STRICT));
    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(image, "1.0"));
    assertThrows(IllegalArgumentException.class, () -> registry.listTags(image));
    assertThrows(
        IllegalArgumentException.class, () -> registry.createImage(CreateImageOptions.of(image)));
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.waitUntilBuilt(image, WaitOptions.defaults()));
    assertNothingSent();
  }

  @Test
  void aNameWithATagBehindItDeletesNeither() {
    emulator.addTag("sandbox/app", "1.0");

    assertThrows(IllegalArgumentException.class, () -> ImageRef.of("sandbox/app:1.0"));
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.deleteImage(ImageRef.parse("sandbox/app:1.0"), STRICT));
    assertNothingSent();
    assertEquals(List.of("1.0"), emulator.tagNames("sandbox/app"));
  }

  @Test
  void theTextsAreOfManyKinds() {
    Random random = new Random(1);
    List<String> texts = IntStream.range(0, TEXTS).mapToObj(i -> text(random)).toList();

    for (Stream<String> kind : List.of(
        texts.stream().filter(String::isEmpty),
        texts.stream().filter(text -> !text.isEmpty() && text.isBlank()),
        texts.stream().filter(text -> text.contains("..")),
        texts.stream().filter(text -> text.contains(":")),
        texts.stream().filter(text -> text.matches("[a-z]+")))) {
      assertTrue(kind.count() > 1);
    }
  }
}
