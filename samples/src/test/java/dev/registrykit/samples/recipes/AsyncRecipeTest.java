package dev.registrykit.samples.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class AsyncRecipeTest {

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  private final ExecutorService executor = virtualThreads();

  private Registry registry;

  @BeforeEach
  void open() {
    OciEmulator emulator = OCI.emulator();
    emulator.addTags("shop/web", 20);
    registry = Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults());
  }

  @AfterEach
  void close() {
    executor.shutdownNow();
    registry.close();
  }

  /** A virtual thread a call where the JDK has them, which is from 21 on; a platform thread elsewhere. */
  private static ExecutorService virtualThreads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException e) {
      return Executors.newCachedThreadPool();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void manyCallsGoSideBySide() {
    List<String> names = registry.listTags(IMAGE).stream().map(Tag::name).toList();

    List<CompletableFuture<Tag>> answers = names.stream()
        .map(name -> AsyncRecipe.async(executor, () -> registry.getTag(IMAGE, name)))
        .toList();

    assertEquals(
        names, answers.stream().map(CompletableFuture::join).map(Tag::name).toList());
  }

  @Test
  void oneCallIsAFuture() {
    OCI.emulator().addTag("shop/web", "prod");

    assertEquals("prod", AsyncRecipe.prod(executor, registry, IMAGE).join().name());
  }

  @Test
  void aCancelledFutureEndsItsRequestAtOnce() throws Exception {
    CallThatHangs call = new CallThatHangs();
    CompletableFuture<Tag> answer = AsyncRecipe.async(executor, call::get);
    call.awaitRequest();

    answer.cancel(false);

    assertInstanceOf(RegistryInterruptedException.class, call.failure());
    assertTrue(answer.isCancelled());
  }

  @Test
  void aFutureThatTakesTooLongEndsItsRequestToo() throws Exception {
    CallThatHangs call = new CallThatHangs();
    CompletableFuture<Tag> answer = AsyncRecipe.async(executor, call::get);
    call.awaitRequest();

    CompletionException e =
        assertThrows(CompletionException.class, answer.orTimeout(1, TimeUnit.MILLISECONDS)::join);

    assertInstanceOf(TimeoutException.class, e.getCause());
    assertInstanceOf(RegistryInterruptedException.class, call.failure());
  }

  @Test
  void aFailureIsTheExceptionOfTheCall() {
    CompletableFuture<Tag> answer =
        AsyncRecipe.async(executor, () -> registry.getTag(IMAGE, "9.9"));

    ExecutionException e = assertThrows(ExecutionException.class, answer::get);

    assertInstanceOf(TagNotFoundException.class, e.getCause());
    assertFalse(answer.isCancelled());
  }

  /** A call whose answer never comes. */
  private final class CallThatHangs {

    private final CountDownLatch sent = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    CallThatHangs() {
      OCI.emulator().failNext(Fault.delayed(Duration.ofMinutes(5)));
      OCI.emulator().beforeNext("GET", "", sent::countDown);
    }

    Tag get() {
      try {
        return registry.getTag(IMAGE, "any");
      } catch (RuntimeException e) {
        failure.set(e);
        throw e;
      } finally {
        ended.countDown();
      }
    }

    void awaitRequest() throws InterruptedException {
      assertTrue(sent.await(30, TimeUnit.SECONDS));
    }

    RuntimeException failure() throws InterruptedException {
      assertTrue(ended.await(30, TimeUnit.SECONDS), "the call goes on");
      return failure.get();
    }
  }
}
