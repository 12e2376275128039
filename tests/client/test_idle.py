"""What is done behind the pages: once woken, to its end, and not before the link is quiet."""

import asyncio

from hobnob_client.idle import IdleWork
from hobnob_protocol.errors import StoreFull
from tests.client.member import WAIT_SECONDS


class Heap:
    """So many texts to index and signatures to check, and what was done in which order."""

    def __init__(self, texts: int, signatures: int) -> None:
        self.texts = texts
        self.signatures = signatures
        self.done: list[str] = []
        self.full = False
        self._moved = asyncio.Event()
        self.work = IdleWork(self._index_some, self._verify_some, lambda: False)

    async def _index_some(self) -> bool:
        if self.full:
            raise StoreFull("no room")
        if not self.texts:
            return False
        self.texts -= 1
        self.done.append("text")
        self._moved.set()
        return True

    async def _verify_some(self) -> bool:
        if not self.signatures:
            return False
        self.signatures -= 1
        self.done.append("signature")
        self._moved.set()
        return True

    async def until(self, count: int) -> None:
        """Wait until so much is done."""
        async with asyncio.timeout(WAIT_SECONDS):
            while len(self.done) < count:
                self._moved.clear()
                await self._moved.wait()


def test_all_texts_are_indexed_before_any_signature_is_checked() -> None:
    """And whoever waits for the texts does not wait for signatures."""

    async def story() -> None:
        heap = Heap(3, 2)
        running = asyncio.create_task(heap.work.run(lambda: True))
        heap.work.wake(changed=True)
        async with asyncio.timeout(WAIT_SECONDS):
            await heap.work.indexed()
        await heap.until(5)
        running.cancel()
        assert heap.done == ["text"] * 3 + ["signature"] * 2

    asyncio.run(story())


def test_a_full_disk_ends_the_work_until_something_changes() -> None:
    """It is not tried over and over."""

    async def story() -> None:
        heap = Heap(1, 0)
        heap.full = True
        running = asyncio.create_task(heap.work.run(lambda: True))
        heap.work.wake(changed=True)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not running.done()
        heap.full = False
        heap.work.wake(changed=True)
        await heap.until(1)
        running.cancel()

    asyncio.run(story())


def test_without_the_link_nothing_is_done() -> None:
    """Another process has it, and does the same."""

    async def story() -> None:
        heap = Heap(1, 1)
        ours = False
        running = asyncio.create_task(heap.work.run(lambda: ours))
        heap.work.wake(changed=True)
        for _ in range(5):
            await asyncio.sleep(0)
        assert heap.done == []
        ours = True
        heap.work.wake(changed=False)
        await heap.until(2)
        running.cancel()

    asyncio.run(story())
