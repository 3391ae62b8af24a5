package dev.registrykit.reliability.fuzz;

import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.oci.internal.wire.Digests;
import dev.registrykit.oci.internal.wire.RepositoryNames;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.config.HostAddress;
import dev.registrykit.spi.config.RegistryUri;
import dev.registrykit.spi.paging.LinkHeader;
import dev.registrykit.spi.support.Redactor;
import dev.registrykit.spi.support.Rfc3339;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the core reads: names, addresses, links and dates; and text that may say a secret back. */
public final class CoreTargets {

  private static final Pattern PATH = Pattern.compile("[!-~&&[^:@?#%\\\\]]+");

  /** The grammar of descriptor.md of the image specification. */
  private static final Pattern DIGEST =
      Pattern.compile("[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+");

  private static final Pattern REGISTERED =
      Pattern.compile("sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}");

  /** The grammars of spec.md of the distribution specification. */
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  private static final Pattern REPOSITORY =
      Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

  private static final Pattern IPV4 = Pattern.compile("[1-9][0-9]{0,2}(\\.(0|[1-9][0-9]{0,2})){3}");

  private static final URI LISTING =
      URI.create("https://registry.example:5000/v2/shop/web/tags/list?n=2");

  private static final int MAX_BODY_BYTES = 8 * 1024;

  private CoreTargets() {}

  /** What is accepted is printable, and is written and read again to the same. */
  public static void reference(byte[] input) {
    String text = Claim.text(input);
    ImageRef ref;
    try {
      ref = ImageRef.parse(text);
    } catch (IllegalArgumentException e) {
      Claim.shown(e);
      return;
    }
    Claim.same(ref, ImageRef.parse(ref.toString()), "a reference written and read");
    Claim.same(ref.path(), ImageRef.of(ref.path()).path(), "its path");
    Claim.that(PATH.matcher(ref.path()).matches(), "a path has " + ref.path());
    Claim.that(!List.of(ref.path().split("/", -1)).contains(".."), "a path leads upwards");
    Claim.that(!("/" + ref.path() + "/").contains("//"), "a path has an empty piece");
    Claim.that(
        text.toLowerCase(Locale.ROOT).equals(ref.toString().toLowerCase(Locale.ROOT)),
        "something was left out");
    ref.tag().ifPresent(tag -> Claim.that(TAG.matcher(tag).matches(), "a tag is " + tag));
  }

  /** Digests, tags and repository names are those of the specifications' grammars, and no others. */
  public static void digest(byte[] input) {
    String text = Claim.text(input);
    boolean isRegistered = text.matches("(?s)sha(256|384|512):.*");
    boolean isDigest = text.length() <= 255
        && (isRegistered ? REGISTERED : DIGEST).matcher(text).matches();
    Claim.same(isDigest, isAccepted(text, ImageRef::requireDigest), "a digest");
    Claim.same(TAG.matcher(text).matches(), isAccepted(text, ImageRef::requireTag), "a tag");
    boolean isName = text.length() <= 255 && REPOSITORY.matcher(text).matches();
    Claim.same(
        isName,
        isAccepted(text, name -> RepositoryNames.require(ImageRef.asListed(name))),
        "a repository's name");
    Claim.same(
        isDigest && isRegistered, Digests.isVerifiable(text), "a digest that can be computed");
  }

  private interface Check {
    void check(String text);
  }

  private static boolean isAccepted(String text, Check check) {
    try {
      check.check(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** An accepted address can be asked, and leads where it says; what lies inside is known. */
  public static void address(byte[] input) {
    String text = Claim.text(input);
    try {
      URI url = BaseUrl.parse(text);
      Claim.same(url, BaseUrl.parse(url.toString()), "a base URL written and read");
      Claim.that(BaseUrl.isUsable(url), "a base URL is of no use");
      Claim.that(!url.getRawAuthority().contains("@"), "a base URL has user info");
      Claim.that(!url.toString().endsWith("/"), "a base URL ends with a slash");
    } catch (IllegalArgumentException e) {
      Claim.shown(e);
    }
    URI resolved;
    try {
      resolved = BaseUrl.resolve(LISTING, text);
    } catch (IllegalArgumentException e) {
      return;
    }
    if (BaseUrl.isUsable(resolved)) {
      HttpRequest.newBuilder(resolved).build();
      requireConsistent(resolved.getHost());
    }
    try {
      RegistryUri uri = RegistryUri.parse(resolved, "oci://<host>", "preset", "header*");
      Claim.that(!uri.authority().contains("@"), "a registry URI has user info");
    } catch (IllegalArgumentException e) {
      Claim.shown(e);
    }
  }

  private static void requireConsistent(String host) {
    Claim.that(!HostAddress.isLocal(host) || HostAddress.isInside(host), "local and not inside");
    if (IPV4.matcher(host).matches()) {
      try {
        InetAddress address = InetAddress.getByName(host);
        boolean isLocal = address.isLoopbackAddress() || address.isLinkLocalAddress();
        Claim.that(!isLocal || HostAddress.isLocal(host), host + " is local");
        Claim.that(
            !address.isSiteLocalAddress() || HostAddress.isInside(host), host + " is inside");
      } catch (java.net.UnknownHostException e) {
        Claim.that(HostAddress.isLocal(host), host + " is no address");
      }
    }
  }

  /** The next page is on the same host and port, or the answer is refused. */
  public static void link(byte[] input) {
    HttpHeaders headers =
        HttpHeaders.of(Map.of("link", List.of(Claim.text(input).split("\n"))), (n, v) -> true);
    Optional<URI> next;
    try {
      next = LinkHeader.next(LISTING, headers, "list tags of shop/web");
    } catch (InvalidResponseException e) {
      Claim.shown(e);
      return;
    }
    next.ifPresent(uri -> {
      Claim.same("registry.example", uri.getHost().toLowerCase(Locale.ROOT), "the host of a link");
      Claim.that(BaseUrl.isUsable(uri), "a link is of no use");
      boolean isSamePort = uri.getPort() == 5000;
      Claim.that(isSamePort, "a link leads to port " + uri.getPort());
      HttpHeaders again =
          HttpHeaders.of(Map.of("link", List.of("<" + uri + ">; rel=next")), (n, v) -> true);
      Claim.same(next, LinkHeader.next(LISTING, again, "list"), "a link written and read");
    });
  }

  /** A date is what the JDK says it is. */
  public static void date(byte[] input) {
    String text = Claim.text(input);
    Instant expected;
    try {
      expected = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      expected = null;
    }
    Instant date = Rfc3339.parse(text);
    Claim.same(Optional.ofNullable(expected), Optional.ofNullable(date), "a date");
  }

  /** No secret is left in what a server said, however it wrote it; and what is kept is bounded. */
  public static void redaction(byte[] input) {
    List<String> lines = Claim.lines(input, 1);
    String secret = lines.get(0).strip();
    boolean fitsIntoHeader = secret.length() <= 4_096; // servers take no more
    if (secret.length() < 6
        || !fitsIntoHeader
        || !secret.matches("[!-~]+")
        || overlapsWithHidden(secret)) {
      return;
    }
    Redactor redactor = Redactor.of(List.of(secret));
    List<String> texts = written(lines.get(1), secret);
    texts.forEach(text -> Claim.that(!redactor.apply(text).contains(secret), "a secret is shown"));
    requireHidden(redactor, secret, String.join("\n", texts));
  }

  private static boolean overlapsWithHidden(String secret) {
    return secret.contains("(") || secret.contains(")") || "hidden".contains(secret);
  }

  /** The secret in the midst of text, as servers write it. */
  private static List<String> written(String around, String secret) {
    String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String json = secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/");
    String html = secret.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&#34;");
    return List.of(
        around,
        around + " " + secret + " " + around,
        around + " " + base64,
        "?a=" + url + "&b=" + around,
        "{\"a\":\"" + json + "\",\"b\":\"" + around,
        "<p>" + html + "</p>" + around);
  }

  private static void requireHidden(Redactor redactor, String secret, String text) {
    ErrorDetails details = ErrorDetails.builder("list tags of shop/web")
        .statusCode(500)
        .serverMessage(text)
        .errorCode(text.substring(0, Math.min(text.length(), 100)))
        .requestId(text.substring(text.length() - Math.min(text.length(), 100)))
        .body(text.getBytes(StandardCharsets.UTF_8))
        .headers(Map.of("server", List.of(text)))
        .redactedBy(redactor)
        .build();
    details.serverMessage().ifPresent(message -> Claim.oneLine(message, "a message"));
    details.errorCode().ifPresent(code -> Claim.oneLine(code, "a code"));
    details.requestId().ifPresent(id -> Claim.oneLine(id, "an identifier"));
    details.headers().get("server").forEach(value -> Claim.oneLine(value, "a header"));
    int bytes = details.body().getBytes(StandardCharsets.UTF_8).length;
    Claim.that(bytes <= MAX_BODY_BYTES, "a body of " + bytes + " bytes is kept");
    Claim.that(!details.body().contains(secret), "a body has the secret");
  }
}
