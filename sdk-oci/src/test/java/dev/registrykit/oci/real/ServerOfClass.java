package dev.registrykit.oci.real;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server of a test class, started before its first test and stopped after its last. Where its
 * binary is missing the class is skipped, or fails if the server is required.
 */
final class ServerOfClass implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

  private final RegistryKind kind;
  private final ServerMode mode;
  private @Nullable RegistryServer server;

  /** On the same storage, where the server itself takes no pushes. */
  private @Nullable RegistryServer writable;

  ServerOfClass(RegistryKind kind, ServerMode mode) {
    this.kind = kind;
    this.mode = mode;
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String name = kind.binary();
    if (InstalledBinaries.find(name) != null) {
      return ConditionEvaluationResult.enabled(name + " is installed");
    }
    if (InstalledBinaries.isRequired(name)) {
      throw new IllegalStateException("required, but " + InstalledBinaries.whyMissing(name));
    }
    return ConditionEvaluationResult.disabled(InstalledBinaries.whyMissing(name));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isOutermost(context)) {
      start();
    }
  }

  private void start() {
    if (mode.isReadOnly()) {
      writable = RegistryServer.start(kind, ServerMode.PLAIN);
      server = writable.beside(mode);
    } else {
      server = RegistryServer.start(kind, mode);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (isOutermost(context)) {
      stop();
    }
  }

  private void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
    if (writable != null) {
      writable.close();
      writable = null;
    }
  }

  private static boolean isOutermost(ExtensionContext context) {
    return context.getEnclosingTestClasses().isEmpty();
  }

  /** Returns the server, holding nothing. */
  RegistryServer emptied() throws IOException {
    if (kind.isEmptiedByFolder()) {
      get().empty();
    } else {
      stop();
      start();
    }
    return get();
  }

  /** Returns what pushes to it, and looks at it, without the SDK. */
  RawRegistry hands() {
    return new RawRegistry(writable != null ? writable : get());
  }

  private RegistryServer get() {
    if (server == null) {
      throw new IllegalStateException("there is a server only while the class's tests run");
    }
    return server;
  }
}
