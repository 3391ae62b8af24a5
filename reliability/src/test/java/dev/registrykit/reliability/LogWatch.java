package dev.registrykit.reliability;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads every log line and keeps those that show a secret. Logback makes it. */
public final class LogWatch extends AppenderBase<ILoggingEvent> {

  private static final Set<Secrets> WATCHED = ConcurrentHashMap.newKeySet();

  private static final Queue<String> SHOWN = new ConcurrentLinkedQueue<>();

  /** Looks for these from now on. */
  static void watch(Secrets secrets) {
    WATCHED.add(secrets);
  }

  /** Returns the lines that showed a secret, each once. */
  static String takeShown() {
    return SHOWN.poll();
  }

  @Override
  protected void append(ILoggingEvent event) {
    String line =
        event.getLevel() + " " + event.getFormattedMessage() + " " + event.getThreadName();
    if (event.getThrowableProxy() != null) {
      line += ThrowableProxyUtil.asString(event.getThrowableProxy());
    }
    for (Secrets secrets : WATCHED) {
      if (!secrets.in(line).isEmpty()) {
        SHOWN.add(line);
      }
    }
  }
}
