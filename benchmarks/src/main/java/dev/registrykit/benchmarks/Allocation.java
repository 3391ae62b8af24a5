package dev.registrykit.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/** What is allocated on all threads but the server's. */
final class Allocation {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** Bytes for one time, by doing it often. Threads that ended meanwhile are not counted. */
  static long each(Contender.Work work, int times) throws Exception {
    long before = now();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return (now() - before) / times;
  }

  private static long now() {
    long sum = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null
          && !thread.getThreadName().equals(Stub.THREAD)
          && !thread.getThreadName().equals("HTTP-Dispatcher")) {
        sum += THREADS.getThreadAllocatedBytes(thread.getThreadId());
      }
    }
    return sum;
  }
}
