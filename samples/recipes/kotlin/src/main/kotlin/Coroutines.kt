import dev.registrykit.Page
import dev.registrykit.PagedIterable
import dev.registrykit.RegistryInterruptedException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.runInterruptible

// snippet: kotlin-coroutines
/** Makes a call off the coroutine's thread. Cancelling the coroutine ends the call at once. */
suspend fun <T> asking(call: () -> T): T = runInterruptible(Dispatchers.IO) {
    try {
        call()
    } catch (e: RegistryInterruptedException) {
        throw InterruptedException(e.message) // which coroutines take for a cancellation
    }
}

/** What is listed, page by page as it is collected. */
fun <T : Any> PagedIterable<T>.asFlow(): Flow<T> = flow {
    var page: Page<T> = asking { firstPage() }
    page.items().forEach { emit(it) }
    while (page.hasNext()) {
        page = asking { page.next() }
        page.items().forEach { emit(it) }
    }
}
// end
