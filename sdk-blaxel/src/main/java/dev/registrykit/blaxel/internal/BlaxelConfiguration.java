package dev.registrykit.blaxel.internal;

import dev.registrykit.PageCursor;
import dev.registrykit.blaxel.internal.auth.ClientSecret;
import dev.registrykit.blaxel.internal.wire.ApiVersion;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.support.TimeSource;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a registry is made of, checked. Immutable.
 *
 * @param apiKey null where there is a client
 * @param client null where there is an API key
 */
public record BlaxelConfiguration(
    String workspace,
    @Nullable String apiKey,
    @Nullable ClientSecret client,
    URI baseUrl,
    ApiVersion apiVersion,
    HttpOptions httpOptions,
    TimeSource time) {

  /** Refuses a cursor where no list has pages. */
  void requirePages(Optional<PageCursor> cursor) {
    if (cursor.isPresent() && !apiVersion.hasPages()) {
      throw new IllegalArgumentException(
          "version " + apiVersion + " of the API sends lists whole, so no cursor is of it");
    }
  }

  /** Names the place, never the secret. */
  @Override
  public String toString() {
    return "BlaxelConfiguration[workspace=" + workspace + ", baseUrl=" + baseUrl + "]";
  }
}
