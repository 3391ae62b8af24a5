package dev.registrykit.http;

/**
 * Hears of every request that was sent, for metrics and tracing.
 *
 * <p>Called on the thread that made the call, after the answer or the failure; several threads may
 * call at once. Whatever it throws, an {@link Error} too, is logged as a warning and
 * does not disturb the call. Keep it short.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RequestListener {

  /** Hears of one request. */
  void onRequest(RequestEvent event);
}
