package dev.registrykit;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testsupport.PublishedApi;
import java.util.List;

/** What others see of the module. */
class PublishedApiTest extends PublishedApi {

  PublishedApiTest() {
    super(Registry.class);
  }

  @Override
  protected List<Class<?>> entryPoints() {
    return List.of(
        Registry.class,
        Registries.class,
        DeleteOptions.class,
        ListTagsOptions.class,
        HttpOptions.class,
        RetryPolicy.class);
  }
}
