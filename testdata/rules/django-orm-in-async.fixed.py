import django.shortcuts
import django.contrib.auth
from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.shortcuts import get_object_or_404


class Author(models.Model):
    name = models.CharField(max_length=100)


class Book(models.Model):
    title = models.CharField(max_length=100)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    number = models.IntegerField()

    async def rename(self, title):
        self.title = title
        await self.asave()


async def view(request, pk):
    book = await Book.objects.aget(pk=pk)
    title = (await Book.objects.aget(pk=pk)).title
    if await Book.objects.filter(title=title).aexists():
        await Book.objects.acreate(title=title)
    first = await Book.objects.order_by("title").afirst()
    number = await Book.objects.acount() + 1
    books = Book.objects.filter(number=number)
    async for other in books:
        print(other)
    titles = [b.title async for b in Book.objects.all()]
    everything = [item async for item in Book.objects.all()]
    length = len(books)
    one = books[0]
    found = await django.shortcuts.aget_object_or_404(Book, pk=pk)
    user = await django.contrib.auth.aauthenticate(request)
    with transaction.atomic():
        await book.adelete()
    with connection.cursor() as cursor:
        print(cursor)
    return first, titles, everything, length, one, found, user


async def foreign(pk):
    book = await Book.objects.aget(pk=pk)
    print(book.author.name)
    async for other in Book.objects.filter(pk=pk):
        print(other.author)


# What follows is silent.


async def fine(pk, cache):
    book = await Book.objects.aget(pk=pk)
    await book.asave()
    print(book.title, book.author_id, book.number)
    query = Book.objects.filter(title="x").exclude(pk=1).order_by("title")[:5]
    async for other in query:
        print(other)
    rows = [b async for b in Book.objects.all()]
    joined = await Book.objects.select_related("author").aget(pk=pk)
    print(joined.author)
    made = await Book.objects.acreate(author=book)
    print(made.author)
    cache.get("x")
    await sync_to_async(book.save)()
    await sync_to_async(Book.objects.get)(pk=pk)
    await sync_to_async(lambda: list(Book.objects.all()))()

    def plain():
        return Book.objects.get(pk=pk)

    await sync_to_async(plain)()
    return query, rows


async def given(book: Book):
    # It may have been fetched.
    return book.author


def plain_view(request, pk):
    with transaction.atomic():
        for book in Book.objects.all():
            book.save()
    return Book.objects.get(pk=pk).author


async def unknown(store):
    store.objects.get(pk=1)
    return list(store.objects.all())


run = async_to_sync(fine)


async def truth(request):
    books = Book.objects.filter(title="x")
    if books:
        return 1
    if not Book.objects.all():
        return 2
    if books is None or request:
        return 3
    return 4 if await books.aexists() else 5


def plain_truth():
    return bool(Book.objects.all()) if Book.objects.all() else 0


async def people():
    await User.objects.aget(pk=1)
    await User.objects.acreate_user("x")
    await User.objects.acreate_user("x")
    return await User.objects.aget(pk=1)
