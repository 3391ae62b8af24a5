package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.spi.support.Redactor;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server elsewhere may not send us to this machine or to a cloud's metadata. */
class RedirectInsideTest {

  private static final Call CALL = Call.reading("GetBlob", "get it", FailedCallMapper.INSTANCE);

  private enum FailedCallMapper implements ErrorMapper {
    INSTANCE;

    @Override
    public RegistryServiceException map(FailedResponse failure) {
      return ErrorMapper.byStatus(failure.details().build());
    }
  }

  private static HttpRequest next(String from, String to) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(from)).build();
    TransportResponse response = new TransportResponse(
        request.uri(),
        307,
        HttpHeaders.of(Map.of("Location", List.of(to)), (name, value) -> true),
        new byte[0],
        Redactor.none());
    return Redirects.next(request, response, 0, CALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080/x",
        "http://localhost/x",
        "http://[::1]/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://metadata.google.internal/x",
        "http://2130706433/x",
        "http://[::ffff:127.0.0.1]/x"
      })
  void isNotFollowedFromElsewhere(String to) {
    assertThrows(InvalidResponseException.class, () -> next("http://registry.example.org/v2/", to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://10.0.0.5:9000/x", "http://192.168.1.2/x", "http://[fd12::1]/x"})
  void butToAStorageServiceOfThePrivateNetworkItIs(String to) {
    assertEquals(URI.create(to), next("http://registry.example.org/v2/", to).uri());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9000/x", "http://localhost:9000/x"})
  void andFromThisMachineToItself(String to) {
    assertEquals(URI.create(to), next("http://127.0.0.1:5000/v2/", to).uri());
  }
}
