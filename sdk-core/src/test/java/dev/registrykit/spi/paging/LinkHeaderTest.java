package dev.registrykit.spi.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.InvalidResponseException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkHeaderTest {

  private static final URI REQUEST =
      URI.create("https://registry.example:8443/v2/app/tags/list?n=2");

  private static Optional<URI> next(String... values) {
    HttpHeaders headers = HttpHeaders.of(Map.of("Link", List.of(values)), (name, value) -> true);
    return LinkHeader.next(REQUEST, headers, "list tags of app");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</v2/app/tags/list?last=b&n=2>; rel=\"next\"",
        "</v2/app/tags/list?last=b&n=2>;rel=next",
        "  </v2/app/tags/list?last=b&n=2> ; REL = NEXT ; title=\"a, b; c\"",
        "</v2/app/tags/list?last=b&n=2>; title=\"rel=prev\"; rel=\"first next\"",
        "</v2/app/tags/list?last=b&n=2>; rel=next; rel=prev",
        "</v2/app/tags/list?last=b&n=2>; rel= \"next\"",
        "</v2/app/tags/list?last=b&n=2>; rel=next, </broken",
        "</v2/app/tags/list?last=b&n=2>; rel=next, garbage",
        "</other>; rel=prev, </v2/app/tags/list?last=b&n=2>; rel=next",
        "</other>; title=\"quoted \\\" > , <x>\"; rel=last,,</v2/app/tags/list?last=b&n=2>; rel=next",
        "<https://REGISTRY.example:8443/v2/app/tags/list?last=b&n=2>; rel=next"
      })
  void theNextLinkIsFoundHoweverItIsWritten(String value) {
    assertEquals("/v2/app/tags/list?last=b&n=2", relative(next(value)));
  }

  private static String relative(Optional<URI> uri) {
    return uri.map(found -> found.getRawPath() + "?" + found.getRawQuery()).orElse("none");
  }

  @Test
  void anOpaqueCursorIsFollowedAsGiven() {
    assertEquals(
        Optional.of(
            URI.create("https://registry.example:8443/v2/app/tags/list?next_page=g%2BA%3D")),
        next("<?next_page=g%2BA%3D>; rel=next"));
  }

  @Test
  void theLinkMayStandInASecondHeader() {
    assertEquals("/b?x=1", relative(next("</a?x=1>; rel=prev", "</b?x=1>; rel=next")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "</a>",
        "</a>; rel=prev",
        "</a>; rel=prev; rel=next",
        "</a; rel=next",
        "garbage",
        "rel=next",
        "</a>; title=\"rel=next",
        "</a>; nextrel=next",
        "</a>; rel",
        "</a>; rel=",
        "</a>; rel=\"next\\",
        "x</a>; rel=next"
      })
  void whatIsNoLinkToTheNextPageEndsTheList(String value) {
    assertEquals(Optional.empty(), next(value));
  }

  @Test
  void theSchemeBehindAProxyIsTolerated() {
    assertEquals(
        Optional.of(URI.create("http://registry.example:8443/v2/app/tags/list?last=b")),
        next("<http://registry.example:8443/v2/app/tags/list?last=b>; rel=next"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example/v2/app/tags/list",
    "//evil.example/v2/app/tags/list",
    "http://registry.example/v2/app/tags/list",
    "ftp://registry.example:8443/v2/app/tags/list",
    "https://registry.example/v2/app/tags/list",
    "https://registry.example:8443@evil.example/x",
    "file:///etc/passwd",
    "mailto:a@b.example"
  })
  void anotherOriginIsRefused(String target) {
    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> next("<" + target + ">; rel=next"));
    assertEquals(
        "list tags of app failed: the link to the next page leads to another origin",
        e.getMessage());
  }

  @Test
  void aTargetThatIsNoUriIsRefused() {
    assertThrows(InvalidResponseException.class, () -> next("<a b\\c>; rel=next"));
  }
}
