package dev.registrykit.spi.support;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Virtual threads, which the JDK has from 21 on. */
final class VirtualThreads {

  private static final @Nullable MethodHandle START = find();

  private VirtualThreads() {}

  private static @Nullable MethodHandle find() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Thread.class,
              "startVirtualThread",
              MethodType.methodType(Thread.class, Runnable.class));
    } catch (ReflectiveOperationException e) {
      return null; // Java 17 has none, 19 and 20 have a preview
    }
  }

  static boolean areThere() {
    return START != null && Runtime.version().feature() >= 21;
  }

  /** Starts one, where there are any. */
  static void start(Runnable work) {
    MethodHandle start = START;
    if (start == null) {
      throw new UnsupportedOperationException("this JDK has no virtual threads");
    }
    try {
      Thread unused = (Thread) start.invokeExact(work);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
