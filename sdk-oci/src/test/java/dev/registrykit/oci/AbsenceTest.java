package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.TagDetail;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proves that something is not there, and what does not. */
class AbsenceTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_1);

  private static final String MANY = "GET /v2/shop/app/tags/list?n=1000";

  /** What gateways, frameworks and servers at a mistyped address say. */
  static Stream<Fault> strangers() {
    return Stream.of(
        Fault.status(404),
        Fault.json(404, "{}"),
        Fault.json(404, "{\"message\":\"Not Found\"}"),
        Fault.json(
            404,
            text(
                "{\"timestamp\":\"2026-01-02T03:04:05Z\",\"status\":404,\"error\":\"Not Found\",",
                "\"path\":\"/v2/\"}")),
        Fault.json(404, "{\"message\":\"no Route matched with those values\"}"),
        Fault.json(404, "{\"errors\":[]}"),
        Fault.json(404, "{\"errors\":[{\"message\":\"no\"}]}"),
        Fault.json(404, "{\"errors\":[{\"code\":\"UNSUPPORTED\"}]}"),
        Fault.json(404, "{\"errors\":[{\"status\":404,\"message\":\"File not found.\"}]}"),
        Fault.json(404, "[]"),
        Fault.status(404, "text/plain", "404 page not found"),
        Fault.status(404, "text/plain", "default backend - 404"),
        Fault.status(404, "text/html", "<html><h1>404 Not Found</h1><hr>nginx</html>"));
  }

  private void everyManifestIs(Fault answer) {
    emulator.failNext("GET", "/manifests/", 10, answer);
    emulator.failNext("HEAD", "/manifests/", 10, Fault.status(404));
  }

  private static void assertPlain(NotFoundException failure) {
    assertEquals(NotFoundException.class, failure.getClass());
    assertEquals(404, failure.statusCode());
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void aStrangers404IsNoMissingTagWhileTheTagIsListed(Fault stranger) {
    push("1.0");
    everyManifestIs(stranger);

    assertPlain(assertThrows(NotFoundException.class, () -> registry.getTag(APP, "1.0")));
    assertPlain(assertThrows(NotFoundException.class, () -> registry.findTag(APP, "1.0")));
    assertPlain(assertThrows(NotFoundException.class, () -> registry.resolveTag(APP, "1.0")));
    assertPlain(assertThrows(NotFoundException.class, () -> registry.getManifest(APP, "1.0")));
    assertSent(get("1.0"), MANY, get("1.0"), MANY, head("1.0"), get("1.0"), MANY, get("1.0"), MANY);
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void theListOfTagsConfirmsWhatAStrangers404LeavesOpen(Fault stranger) {
    push("2.0");
    everyManifestIs(stranger);

    assertEquals(Optional.empty(), registry.findTag(APP, "1.0"));
    var failure = assertThrows(TagNotFoundException.class, () -> registry.getTag(APP, "1.0"));

    assertEquals(
        "get tag 1.0 of shop/app failed: HTTP 404: the list of tags has none of that name",
        failure.getMessage().replaceFirst(" [A-Z]+:", ":"));
    assertSent(get("1.0"), MANY, get("1.0"), MANY);
  }

  /** A mistyped base URL, behind which somebody else answers everything. */
  @ParameterizedTest
  @MethodSource("strangers")
  void whereAStrangerAnswersEverythingNothingIsMissing(Fault stranger) {
    emulator.failNext(100, stranger);

    assertPlain(assertThrows(NotFoundException.class, () -> registry.findTag(APP, "1.0")));
    assertPlain(
        assertThrows(NotFoundException.class, () -> registry.listTags(APP).toList()));
    assertPlain(assertThrows(NotFoundException.class, () -> registry.getImage(APP)));
  }

  @Test
  void everyPageOfTheListIsReadBeforeATagCountsAsMissing() {
    push("1.0");
    everyManifestIs(Fault.status(404));
    emulator.failNext(
        "GET",
        "/tags/list",
        1,
        Fault.json(200, "{\"name\":\"shop/app\",\"tags\":[null]}")
            .withHeader("Link", "</v2/shop/app/tags/list?n=1000&last=0.9>; rel=\"next\""));

    assertPlain(assertThrows(NotFoundException.class, () -> registry.getTag(APP, "1.0")));
    assertEquals(3, emulator.requestCount());
  }

  @Test
  void aTagIsFoundBehindAPlaceThatIsGone() {
    push("1.0");
    everyManifestIs(Fault.status(404));
    emulator.failNext(
        "GET",
        "/tags/list",
        1,
        Fault.json(200, "{\"name\":\"shop/app\",\"tags\":[\"0.9\"]}")
            .withHeader("Link", "</v2/shop/app/tags/list?n=1000&last=0.9>; rel=\"next\""));
    emulator.failNext("GET", "/tags/list", 1, Fault.status(404));

    assertPlain(assertThrows(NotFoundException.class, () -> registry.getTag(APP, "1.0")));
    assertEquals(4, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"shop/other\",\"tags\":[]}",
        "{\"tags\":[]}",
        "{\"message\":\"welcome\"}",
        "[]",
        "<html></html>"
      })
  void aListThatIsNotThisImagesConfirmsNothing(String list) {
    push("1.0");
    everyManifestIs(Fault.status(404));
    emulator.failNext("GET", "/tags/list", 1, Fault.json(200, list));

    var failure = assertThrows(NotFoundException.class, () -> registry.getTag(APP, "1.0"));

    assertPlain(failure);
    assertEquals(1, failure.getSuppressed().length);
  }

  @Test
  void aListThatCannotBeReadConfirmsNothing() {
    push("1.0");
    everyManifestIs(Fault.status(404));
    emulator.failNext("GET", "/tags/list", 10, Fault.status(403));

    var failure = assertThrows(NotFoundException.class, () -> registry.getTag(APP, "1.0"));

    assertPlain(failure);
    assertEquals(403, ((RegistryServiceException) failure.getSuppressed()[0]).statusCode());
  }

  @Test
  void anUnknownRepositoryIsAMissingImage() {
    everyManifestIs(Fault.status(404));

    var failure = assertThrows(ImageNotFoundException.class, () -> registry.getTag(APP, "1.0"));

    assertEquals(
        "get tag 1.0 of shop/app failed: HTTP 404 NAME_UNKNOWN: repository name not known to"
            + " registry",
        failure.getMessage());
    assertEquals(Optional.empty(), registry.findTag(APP, "1.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MANIFEST_UNKNOWN", "TAG_UNKNOWN", "NOT_FOUND", "TAG_EXPIRED"})
  void theRegistrysOwnWordIsProofAndCostsNothing(String code) {
    push("1.0");
    everyManifestIs(Fault.json(404, "{\"errors\":[{\"code\":\"" + code + "\"}]}"));

    assertThrows(TagNotFoundException.class, () -> registry.getTag(APP, "1.0"));
    assertSent(get("1.0"));
  }

  @Test
  void a404ToAHeadIsAskedAgainByGet() {
    String digest = push("1.0");
    emulator.failNext("HEAD", "", 1, Fault.status(404));

    assertEquals(digest, registry.resolveTag(APP, "1.0"));
    assertSent(head("1.0"), get("1.0"));
  }

  @Test
  void aTagThatIsNotThereCostsAHeadAndAGet() {
    push("2.0");

    assertThrows(TagNotFoundException.class, () -> registry.resolveTag(APP, "1.0"));
    assertSent(head("1.0"), get("1.0"));
  }

  /** A listing may not lose a tag because a gateway stumbled over it. */
  @ParameterizedTest
  @MethodSource("strangers")
  void aStrangers404DropsNoTagFromAListing(Fault stranger) {
    List.of("1.0", "2.0", "3.0").forEach(this::push);
    emulator.failNext("HEAD", "/manifests/2.0$", 1, Fault.status(404));
    emulator.failNext("GET", "/manifests/2.0$", 1, stranger);
    ListTagsOptions options = ListTagsOptions.defaults().withDetail(TagDetail.DIGEST);

    var failure = assertThrows(
        RegistryException.class, () -> registry.listTags(APP, options).toList());

    assertPlain((NotFoundException) failure);
    assertTrue(failure.getMessage().startsWith("get tag 2.0 of shop/app failed"));
    assertEquals(List.of("1.0", "2.0", "3.0"), names(registry.listTags(APP, options)));
  }
}
