package dev.registrykit.samples.recipes;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Calls of a registry as futures that can be cancelled. */
final class AsyncRecipe {

  private AsyncRecipe() {}

  // snippet: async
  static <T> CompletableFuture<T> async(ExecutorService executor, Supplier<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Future<?> task = executor.submit(() -> {
      try {
        answer.complete(call.get());
      } catch (RuntimeException | Error e) {
        answer.completeExceptionally(e);
      }
    });
    answer.whenComplete((value, failure) -> {
      if (answer.isCancelled() || failure instanceof TimeoutException) {
        task.cancel(true); // interrupts the call, which a CompletableFuture does not do by itself
      }
    });
    return answer;
  }
  // end

  static CompletableFuture<Tag> prod(ExecutorService executor, Registry registry, ImageRef image) {
    // snippet: async-use
    CompletableFuture<Tag> prod = async(executor, () -> registry.getTag(image, "prod"));
    prod.orTimeout(20, TimeUnit.SECONDS); // or prod.cancel(false)
    // end
    return prod;
  }
}
