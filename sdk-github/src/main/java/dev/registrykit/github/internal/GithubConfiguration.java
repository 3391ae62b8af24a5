package dev.registrykit.github.internal;

import dev.registrykit.github.OwnerKind;
import dev.registrykit.github.StrictDeletion;
import dev.registrykit.github.internal.auth.TokenSource;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.support.TimeSource;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a registry is made of, checked. Immutable.
 *
 * @param owner the login, in lower case
 * @param ownerKind null to ask
 * @param baseUrl where the API is
 * @param registryHost what stands for the registry in references
 * @param patience how long the list of versions may lag behind
 */
public record GithubConfiguration(
    String owner,
    @Nullable OwnerKind ownerKind,
    TokenSource token,
    URI baseUrl,
    String registryHost,
    StrictDeletion strictDeletion,
    boolean keepsLastTag,
    Duration patience,
    HttpOptions httpOptions,
    TimeSource time) {

  /** Names the place, never the token. */
  @Override
  public String toString() {
    return "GithubConfiguration[owner=" + owner + ", baseUrl=" + baseUrl + "]";
  }
}
