package dev.registrykit.github;

import dev.registrykit.testsupport.PublishedApi;
import java.util.List;

/** What others see of the module. */
class PublishedApiTest extends PublishedApi {

  PublishedApiTest() {
    super(GithubRegistry.class);
  }

  @Override
  protected List<Class<?>> entryPoints() {
    return List.of(GithubRegistry.class, GithubRegistryBuilder.class);
  }
}
