import dev.registrykit.ImageRef
import dev.registrykit.ListTagsOptions
import dev.registrykit.Registries
import dev.registrykit.Registry
import dev.registrykit.Tag
import dev.registrykit.TagOrder
import java.net.URI
import kotlin.jvm.optionals.getOrNull

// snippet: kotlin-program
/** Prints the newest tags of an image: `oci://ghcr.io owner/app`. */
fun main(args: Array<String>) {
    Registries.open(URI(args[0])).use { registry -> // closed at the end
        registry.newest(ImageRef.of(args[1])).take(10).forEach { tag ->
            println("${tag.name()} ${tag.changedAt().getOrNull() ?: "without a date"}")
        }
    }
}

/** The tags, newest first. Where the server cannot order them, all are read before the first comes out. */
fun Registry.newest(image: ImageRef): Sequence<Tag> =
    listTags(image, ListTagsOptions.defaults().withOrder(TagOrder.CHANGED_DESC)).asSequence()

/** The digest of a tag, or null if the registry says that there is no such tag. */
fun Registry.digestOf(image: ImageRef, tag: String): String? =
    findTag(image, tag).getOrNull()?.digest()?.getOrNull()
// end
