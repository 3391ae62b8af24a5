package dev.registrykit.reliability;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.registrykit.http.RequestEvent;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads every log line, and every event, and keeps those that show a secret. Logback makes it. */
public final class LogWatch extends AppenderBase<ILoggingEvent> {

  private static final Set<Secrets> WATCHED = ConcurrentHashMap.newKeySet();

  private static final Queue<String> SHOWN = new ConcurrentLinkedQueue<>();

  /** Looks for these from now on. */
  static void watch(Secrets secrets) {
    WATCHED.add(secrets);
  }

  /** Looks for this from now on. */
  public static void watch(String secret) {
    watch(new Secrets(List.of(secret)));
  }

  /** Returns the next text that showed a secret; null if there is none. */
  public static String takeShown() {
    return SHOWN.poll();
  }

  @Override
  protected void append(ILoggingEvent event) {
    String line =
        event.getLevel() + " " + event.getFormattedMessage() + " " + event.getThreadName();
    if (event.getThrowableProxy() != null) {
      line += ThrowableProxyUtil.asString(event.getThrowableProxy());
    }
    look(line);
  }

  /** Reads what listeners are told. */
  public static void read(RequestEvent event) {
    look(event.toString());
    Strings.of(event).forEach(LogWatch::look);
  }

  private static void look(String text) {
    for (Secrets secrets : WATCHED) {
      if (!secrets.in(text).isEmpty()) {
        SHOWN.add(text);
      }
    }
  }
}
