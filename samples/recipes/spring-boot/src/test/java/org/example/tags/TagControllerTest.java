package org.example.tags;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class TagControllerTest extends EmulatedRegistry {

  private static final String READ = "/tags/1.0?image=shop/web";

  @Test
  void aPageSaysWhereTheNextOneBeginsAndCostsOneRequest() throws Exception {
    MvcTestResult first = get("/tags?image=shop/web&size=2");

    assertThat(first).hasStatusOk();
    assertThat(first).bodyJson().extractingPath("$.tags").isEqualTo(List.of("1.0", "1.1"));
    assertThat(EMULATOR.requestCount()).isEqualTo(1);
    String cursor = JsonPath.read(first.getResponse().getContentAsString(), "$.next");
    MvcTestResult last =
        http.get().uri("/tags?image=shop/web&size=2&cursor={0}", cursor).exchange();
    assertThat(last).bodyJson().isStrictlyEqualTo("{\"tags\": [\"1.2\"], \"next\": null}");
  }

  @Test
  void aTagHasItsDigestAndAReadableDate() {
    String digest = EMULATOR.tags("shop/web").get("1.0");

    assertThat(get(READ)).bodyJson().isStrictlyEqualTo("""
            {"name": "1.0", "digest": "%s", "changedAt": "2024-01-15T08:00:00Z"}""".formatted(digest));
  }

  @Test
  void aTagIsDeletedOnlyAsItWasSeen() {
    String digest = EMULATOR.tags("shop/web").get("1.0");

    assertProblem(delete("1.0", Emulator.digestOf("another")), 412);
    assertThat(EMULATOR.tagNames("shop/web")).contains("1.0");

    assertThat(delete("1.0", digest)).hasStatus(204);
    assertThat(EMULATOR.tagNames("shop/web")).containsExactly("1.1", "1.2");
  }

  @Test
  void aMissingTagIs404() {
    assertProblem(get("/tags/9.9?image=shop/web"), 404);
  }

  @Test
  void a404OfSomethingElseIs502() {
    EMULATOR.failAll(Fault.status(404, "text/html", "<h1>no route</h1>"));

    assertProblem(get(READ), 502);
  }

  @Test
  void aTagThatMayNotBeDeletedIs409() {
    String digest = EMULATOR.tags("shop/web").get("1.0");
    EMULATOR.failNext("DELETE", "", 1, Fault.status(409));

    assertProblem(delete("1.0", digest), 409);
    assertThat(EMULATOR.tagNames("shop/web")).contains("1.0");
  }

  @Test
  void aRateLimitIs503WithTheTimeToWait() {
    EMULATOR.failNext(Fault.retryAfter(429, "7"));

    MvcTestResult answer = get(READ);

    assertProblem(answer, 503);
    assertThat(answer).hasHeader(HttpHeaders.RETRY_AFTER, "7");
  }

  @Test
  void aLoginThatTheRegistryRefusesIsNotTheCallersFault() {
    EMULATOR.failAll(Fault.status(401));

    MvcTestResult answer = get(READ);

    assertProblem(answer, 502);
    assertThat(answer).bodyText().doesNotContain("password").doesNotContain("127.0.0.1");
  }

  @Test
  void whatCannotBeIs400AndIsNotSent() {
    assertProblem(get("/tags?image=No%20Image"), 400);
    assertProblem(get("/tags?image=shop/web&size=0"), 400);
    assertProblem(get("/tags?image=shop/web&cursor=stale"), 400);

    assertThat(EMULATOR.requestCount()).isZero();
  }

  private MvcTestResult delete(String tag, String digest) {
    return http.delete().uri("/tags/{0}?image=shop/web&digest={1}", tag, digest).exchange();
  }
}
