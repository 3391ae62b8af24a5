package dev.registrykit.spi.transport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the SDK logs while it is open. */
final class CapturedLog implements AutoCloseable {

  static {
    // Logback may be modules, which the module under test has no reason to read.
    Class<?> context = LoggerFactory.getILoggerFactory().getClass();
    CapturedLog.class.getModule().addReads(context.getModule());
    CapturedLog.class.getModule().addReads(context.getSuperclass().getModule());
  }

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.registrykit");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  CapturedLog(String level) {
    appender.start();
    logger.setLevel(Level.valueOf(level));
    logger.addAppender(appender);
  }

  /** Returns the messages of exactly this level. */
  List<String> at(String level) {
    return appender.list.stream()
        .filter(event -> event.getLevel().levelStr.equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** Returns all there is, messages and exceptions, as one text. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (ILoggingEvent event : appender.list) {
      text.append(event.getLevel())
          .append(' ')
          .append(event.getFormattedMessage())
          .append('\n');
      if (event.getThrowableProxy() != null) {
        text.append(event.getThrowableProxy().getMessage()).append('\n');
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }
}
