import dev.registrykit.ImageRef
import dev.registrykit.ListTagsOptions
import dev.registrykit.Registries
import dev.registrykit.Registry
import dev.registrykit.RegistryInterruptedException
import dev.registrykit.TagNotFoundException
import dev.registrykit.http.HttpOptions
import dev.registrykit.testkit.Fault
import dev.registrykit.testkit.OciEmulator
import dev.registrykit.testkit.OciEmulatorExtension
import dev.registrykit.testkit.OciPersonality
import dev.registrykit.testkit.TagContent
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.extension.RegisterExtension

@Timeout(60)
class NewestTest {

    private val image = ImageRef.of("shop/web")

    private lateinit var registry: Registry

    @BeforeEach
    fun open() {
        registry = Registries.open(emulator().uri(), emulator().environment(), HttpOptions.defaults())
    }

    @AfterEach
    fun close() {
        registry.close()
    }

    @Test
    fun theProgramPrintsTheNewestFirst() {
        emulator().allowAnybody()
        push("1.0", "2026-01-01T00:00:00Z")
        push("1.1", "2026-02-01T00:00:00Z")
        val out = System.out
        val printed = ByteArrayOutputStream()
        System.setOut(PrintStream(printed))
        try {
            main(arrayOf(emulator().uri().toString(), "shop/web"))
        } finally {
            System.setOut(out)
        }

        assertEquals(
            listOf("1.1 2026-02-01T00:00:00Z", "1.0 2026-01-01T00:00:00Z"),
            printed.toString().lines().filter { it.isNotEmpty() },
        )
    }

    @Test
    fun aMissingTagHasNoDigest() {
        val digest = emulator().addTag("shop/web", "1.0").digest()

        assertEquals(digest, registry.digestOf(image, "1.0"))
        assertNull(registry.digestOf(image, "9.9"))
    }

    @Test
    fun aFlowReadsPagesAsTheyAreCollected() = runBlocking {
        emulator().addTags("shop/web", 30)
        val tags = registry.listTags(image, ListTagsOptions.defaults().withPageSize(10))
        emulator().clearRequests()

        assertEquals(11, tags.asFlow().take(11).toList().size)
        assertEquals(2, emulator().requestCount())
        assertEquals(tags.map { it.name() }, tags.asFlow().map { it.name() }.toList())
    }

    @Test
    fun aCoroutineAsksAndCollects() = runBlocking {
        emulator().addTag("shop/web", "prod")
        // snippet: kotlin-use
        val prod = asking { registry.getTag(image, "prod") }
        val names = registry.listTags(image).asFlow().map { it.name() }.take(10).toList()
        // end
        assertEquals("prod", prod.name())
        assertEquals(listOf("prod"), names)
    }

    @Test
    fun aFailureIsTheExceptionOfTheCall() {
        emulator().addTag("shop/web", "1.0")

        assertThrows(TagNotFoundException::class.java) {
            runBlocking { asking { registry.getTag(image, "9.9") } }
        }
    }

    @Test
    fun aCancelledCoroutineEndsItsRequestAtOnce() {
        emulator().failNext(Fault.delayed(Duration.ofMinutes(5)))
        val sent = CompletableDeferred<Unit>()
        emulator().beforeNext("GET", "") { sent.complete(Unit) }
        val ended = CompletableFuture<Throwable>()

        runBlocking {
            val call = launch(Dispatchers.Default) {
                asking { runCatching { registry.getTag(image, "1.0") }.onFailure(ended::complete).getOrThrow() }
            }
            sent.await()
            call.cancelAndJoin()
        }

        assertInstanceOf(RegistryInterruptedException::class.java, ended.get(30, TimeUnit.SECONDS))
    }

    private fun push(tag: String, created: String) {
        emulator().addTag("shop/web", tag, TagContent.of(tag).withDates(Instant.parse(created), null))
    }

    companion object {

        @JvmField @RegisterExtension val oci = OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_0)

        fun emulator(): OciEmulator = oci.emulator()
    }
}
