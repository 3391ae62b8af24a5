package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class QuickstartTest {

  @Test
  void printsTheListingTheRefusalTheForcedDeletionAndTheMissingTag() {
    String printed = Printed.by(() -> Quickstart.main(new String[0]));

    assertEquals(
        """
        == Scaleway
        Tags of shop/web, newest first, page 1
          prod
          latest
          1.3
        Tags of shop/web, newest first, page 2
          1.2
          1.1
          1.0

        The newest, read by name:
          prod

        Delete latest, strictly:
          SharedDigestException, siblings [1.3]
          delete tag latest of shop/web failed: the digest is shared with 1.3

        Delete prod, with force:
          ACCEPTED, went with it: [1.2]

        Delete 9.9, which is not there:
          TagNotFoundException
          delete tag 9.9 of shop/web failed: there is no such tag

        == OCI (docker-registry 2.8)
        Tags of shop/web, newest first, page 1
          1.3
          latest
          1.2
        Tags of shop/web, newest first, page 2
          prod
          1.1
          1.0

        The newest, read by name:
          1.3

        Delete latest, strictly:
          DELETED, 1.3 is still there

        Delete prod, with force:
          DELETED, went with it: [1.2]

        Delete 9.9, which is not there:
          TagNotFoundException
          delete tag 9.9 of shop/web failed: HTTP 404 MANIFEST_UNKNOWN: manifest unknown

        == GitHub
        Tags of octo-org/web, newest first, page 1
          1.3
          latest
          1.2
        Tags of octo-org/web, newest first, page 2
          prod
          1.1
          1.0

        The newest, read by name:
          1.3

        Delete latest, strictly:
          DELETED, 1.3 is still there

        Delete prod, with force:
          DELETED, went with it: [1.2]

        Delete 9.9, which is not there:
          TagNotFoundException
          delete tag 9.9 of octo-org/web failed: HTTP 404 MANIFEST_UNKNOWN: manifest unknown

        == Blaxel
        Tags of sandbox/web, newest first, page 1
          prod
          latest
          1.3
        Tags of sandbox/web, newest first, page 2
          1.2
          1.1
          1.0

        The newest, read by name:
          prod

        Delete latest, strictly:
          TagInUseException

        Delete prod, with force:
          DELETED, went with it: []

        Delete 9.9, which is not there:
          TagNotFoundException
          delete tag 9.9 of sandbox/web failed: HTTP 404

        """,
        printed
            .replaceAll("(?m)^(  [a-z0-9.]+) +(?:sha256:|-).*$", "$1")
            .replaceAll("(?m)^  delete tag latest of sandbox/web failed: HTTP 400.*\\n", "")
            .replaceAll("(?m)^(  delete tag 9.9 of sandbox/web failed: HTTP 404).*$", "$1"));
    assertTrue(printed.contains("shared with 1.3"), printed);
  }
}
