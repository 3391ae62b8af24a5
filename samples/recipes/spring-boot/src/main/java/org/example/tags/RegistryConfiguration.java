package org.example.tags;

import dev.registrykit.ImageRef;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

// snippet: spring-bean
/** One registry for the whole application, and one for its health. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RegistryProperties.class)
class RegistryConfiguration {

  /** What may be a variable of the process, or come from any other place that Spring reads. */
  private static final List<String> LOGIN =
      List.of("SCW_SECRET_KEY", "BL_API_KEY", "OCI_USERNAME", "OCI_PASSWORD", "OCI_TOKEN");

  @Bean(destroyMethod = "close")
  Registry registry(RegistryProperties properties, Environment environment, MeterRegistry meters) {
    HttpOptions options = HttpOptions.defaults()
        .withOperationTimeout(properties.timeout())
        .withRetryPolicy(RetryPolicy.standard().withMaxAttempts(properties.maxAttempts()))
        .withRequestListener(new RegistryMetrics(meters));
    return Registries.open(properties.uri(), variables(environment), options);
  }

  @Bean(destroyMethod = "close")
  RegistryProbe registryProbe(RegistryProperties properties, Environment environment) {
    HttpOptions impatient = HttpOptions.defaults()
        .withOperationTimeout(properties.healthTimeout())
        .withRetryPolicy(RetryPolicy.none());
    return new RegistryProbe(
        Registries.open(properties.uri(), variables(environment), impatient),
        ImageRef.of(properties.imageForHealth()));
  }

  private static Map<String, String> variables(Environment environment) {
    Map<String, String> variables = new HashMap<>(System.getenv());
    for (String name : LOGIN) {
      String value = environment.getProperty(name);
      if (value != null) {
        variables.put(name, value);
      }
    }
    return variables;
  }
}
// end
