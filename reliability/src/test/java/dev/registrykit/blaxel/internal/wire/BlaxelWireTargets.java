package dev.registrykit.blaxel.internal.wire;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PageCursor;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.blaxel.internal.auth.ClientSecret;
import dev.registrykit.blaxel.internal.generated.JsonInput;
import dev.registrykit.blaxel.internal.generated.model.ImagePage;
import dev.registrykit.blaxel.internal.generated.model.ImageShareTarget;
import dev.registrykit.blaxel.internal.generated.model.ImageTag;
import dev.registrykit.blaxel.internal.generated.model.ImageTagPage;
import dev.registrykit.blaxel.internal.generated.model.PaginationMeta;
import dev.registrykit.blaxel.internal.generated.model.PendingImageShare;
import dev.registrykit.blaxel.internal.generated.model.WireImage;
import dev.registrykit.blaxel.internal.wire.CursorPages.CursorPage;
import dev.registrykit.reliability.fuzz.Claim;
import dev.registrykit.reliability.fuzz.Refusal;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.transport.RetryAdvice;
import dev.registrykit.spi.transport.TransportTargets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What Blaxel answers, and its credentials; here for what the package alone can see. */
public final class BlaxelWireTargets {

  private static final ImageRef IMAGE = ImageRef.of("sandbox/web");

  private static final BlaxelOperation OPERATION = BlaxelOperation.deletingTag(IMAGE, "1.2");

  private BlaxelWireTargets() {}

  /** A cursor of a listing is the service's own, marked; one of another is refused before anything is sent. */
  public static void cursor(byte[] input) {
    String text = Claim.text(input);
    ListingCursors cursors = ListingCursors.of("blaxel", "main", "tags");
    CursorPages<String, String> pages = new CursorPages<>(
        "list tags of sandbox/web", cursors, place -> page(text, place), items -> items);
    for (String cursor : List.of(text, cursors.cursor(text))) {
      try {
        pages.startingAt(Optional.of(new PageCursor(cursor)));
      } catch (IllegalArgumentException e) {
        Claim.shown(e);
        continue;
      }
      Claim.that(cursor.startsWith(cursors.cursor("")), "a foreign cursor was taken");
      FetchedPage<String> page = pages.fetch(cursor);
      Claim.same(cursor, String.valueOf(page.nextCursor()), "a cursor sent and marked");
    }
  }

  /** Says that there is more, where the caller was. */
  private static CursorPage<String> page(String expected, String place) {
    Claim.that(place != null && expected.endsWith(place), "asked for " + place);
    Claim.that(!place.isEmpty(), "the first page was asked for in the place of another");
    return CursorPage.of(List.of("a"), meta(place));
  }

  private static PaginationMeta meta(String cursor) {
    byte[] json = new dev.registrykit.blaxel.internal.generated.JsonOutput()
        .field("hasMore", true)
        .field("nextCursor", cursor)
        .toBytes();
    return Objects.requireNonNull(JsonInput.read(json, PaginationMeta::read, OPERATION::invalid));
  }

  /** Every answer is read as the document says, or refused; what is kept for logs stays on one line. */
  public static void page(byte[] input) {
    read(input, ImageTagPage::read, page -> each(page.getData(), BlaxelWireTargets::requireSound));
    read(input, ImagePage::read, page -> each(page.getData(), BlaxelWireTargets::requireSound));
    read(
        input,
        parser -> JsonInput.list(parser, WireImage::read),
        images -> each(images, BlaxelWireTargets::requireSound));
    read(input, WireImage::read, image -> {
      requireSound(image);
      each(BlaxelMapper.tags(image, OPERATION), BlaxelWireTargets::requireSound);
    });
    read(
        input,
        parser -> JsonInput.list(parser, ImageShareTarget::read),
        shares -> each(
            shares,
            share -> Claim.oneLine(
                BlaxelMapper.share(share, OPERATION).toString(), "a share for logs")));
    read(
        input,
        parser -> JsonInput.list(parser, PendingImageShare::read),
        shares -> each(
            shares,
            share -> Claim.oneLine(
                BlaxelMapper.pendingShare(share, OPERATION).toString(), "a share for logs")));
  }

  private interface Use<T> {
    void use(T value);
  }

  private static <T> void read(byte[] input, JsonInput.Reader<T> reader, Use<T> use) {
    try {
      T answer = JsonInput.read(input, reader, OPERATION::invalid);
      if (answer != null) {
        use.use(answer);
      }
    } catch (InvalidResponseException e) {
      Claim.shown(e);
    }
  }

  private static <T> void each(List<T> items, Use<T> use) {
    if (items != null) {
      items.stream().filter(Objects::nonNull).forEach(use::use);
    }
  }

  private static void requireSound(ImageTag wire) {
    var tag = BlaxelMapper.tag(IMAGE, wire, OPERATION);
    Claim.that(!tag.name().isBlank(), "a tag has no name");
    Claim.oneLine(tag.toString(), "a tag for logs");
  }

  private static void requireSound(WireImage wire) {
    ImageRef ref = BlaxelMapper.ref(wire, OPERATION);
    var image = BlaxelMapper.blaxelImage(ref, wire, OPERATION);
    Claim.oneLine(image.toString(), "an image for logs");
    image.events().forEach(event -> Claim.oneLine(event.toString(), "an event for logs"));
    Claim.oneLine(BlaxelMapper.image(ref, wire, OPERATION).toString(), "an image for logs");
    try {
      ResourceTypes.requirePath(ref);
      Checks.segment(ResourceTypes.nameOf(ref));
    } catch (IllegalArgumentException e) {
      Claim.that(e.getMessage() != null, "a refusal says nothing");
    }
  }

  /** A refusal says what it is; that something is gone, only in the service's own words. */
  public static void refusal(byte[] input) {
    Refusal refusal = Refusal.of(input);
    BlaxelErrors errors = new BlaxelErrors(OPERATION);
    var failed = TransportTargets.refusal(
        refusal.status(), refusal.headers(), refusal.body(), Refusal.SECRET);
    RegistryServiceException failure = errors.map(failed);
    refusal.requireSound(failure);
    if (failure instanceof TagNotFoundException || failure instanceof ImageNotFoundException) {
      Claim.same(404, refusal.status(), "gone");
      Claim.that(refusal.text().strip().startsWith("{"), "gone by " + refusal.text());
    }
    RetryAdvice advice = errors.advice(failed);
    Duration wait = advice.retryAfter();
    Claim.that(wait == null || !wait.isNegative(), "a wait is negative");
  }

  /** Client credentials fit into a header or are refused; of another registry's, all secrets are known. */
  public static void credentials(byte[] input) {
    String text = Claim.text(input);
    try {
      ClientSecret client = ClientSecret.parse(text, "clientCredentials");
      Claim.that(client.id().indexOf(':') < 0, "an id has a colon");
      Claim.same(
          client,
          ClientSecret.parse(client.id() + ":" + client.secret(), "clientCredentials"),
          "credentials written and read");
      String header = client.headersFor(null).get("Authorization");
      Claim.that(header != null && header.matches("[ -~]+"), "no header");
    } catch (IllegalArgumentException e) {
      Claim.shown(e);
      boolean isNoWordOfTheMessages =
          text.length() > "clientCredentials".length() && !text.contains(" ");
      Claim.that(
          !isNoWordOfTheMessages || !String.valueOf(e.getMessage()).contains(text),
          "it is repeated");
    }
    List<String> secrets = DockerConfig.secrets(text);
    Claim.that(secrets.contains(text), "the whole is no secret");
    byte[] auth = ("{\"auths\":{\"h\":{\"auth\":\""
            + java.util.Base64.getEncoder()
                .encodeToString(("u:" + text).getBytes(StandardCharsets.UTF_8))
            + "\"}}}")
        .getBytes(StandardCharsets.UTF_8);
    Claim.that(
        DockerConfig.secrets(Claim.text(auth)).contains(text), "a password is not known as one");
  }
}
