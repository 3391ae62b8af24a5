package dev.registrykit.retention;

import dev.registrykit.testsupport.PublishedApi;
import java.util.List;

/** What others see of the module. */
class PublishedApiTest extends PublishedApi {

  PublishedApiTest() {
    super(RetentionPlan.class);
  }

  @Override
  protected List<Class<?>> entryPoints() {
    return List.of(
        RetentionPolicy.class, RetentionPolicyFile.class, RetentionPlan.class, RetentionRun.class);
  }
}
