package org.example.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.transport.ErrorMapper;
import dev.registrykit.spi.transport.FailedResponse;
import org.jspecify.annotations.Nullable;

// snippet: errors
/** Reads refusals: {@code {"error":"NO_SUCH_TAG","detail":"…"}}. */
record DemoErrors(Operation operation, @Nullable ImageRef image) implements ErrorMapper {

  @Override
  public RegistryServiceException map(FailedResponse failure) {
    JsonNode body = DemoApi.tree(failure.response().body());
    String code = body.path("error").asText();
    ErrorDetails details = failure
        .details()
        .errorCode(code)
        .serverMessage(body.path("detail").asText())
        .build();
    // Only the service's own words prove that something is not there: a 404 may be a gateway's.
    if (code.equals("NO_SUCH_TAG")) {
      return operation.notFound().apply(details);
    }
    return code.equals("NO_SUCH_IMAGE") && image != null
        ? new ImageNotFoundException(image, details)
        : ErrorMapper.byStatus(details);
  }
}
// end
