package dev.registrykit.samples;

import dev.registrykit.AuthenticationException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.TagNotFoundException;

/** What to do about errors. */
public final class Errors {

  private Errors() {}

  /** Answers which digest a tag points to, or says why not. */
  public static String digestOf(Registry registry, ImageRef image, String tag) {
    // snippet: errors
    try {
      return registry.getTag(image, tag).digest().orElse("unknown");
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return "not there"; // the registry itself says so
    } catch (AuthenticationException | PermissionDeniedException e) {
      return "check the credentials: " + e.getMessage();
    } catch (RateLimitException e) {
      return "try again in "
          + e.retryAfter().map(wait -> wait.toSeconds() + " s").orElse("a while");
    } catch (RegistryException e) { // time-outs, lost connections, and all else
      return "failed: " + e.getMessage();
    }
    // end
  }
}
