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
        self.save()  # want "`self.save\\(\\)` raises `SynchronousOnlyOperation` in a coroutine; use `await asave\\(\\)`"


async def view(request, pk):
    book = Book.objects.get(pk=pk)  # want "`Book.objects.get\\(\\)` raises `SynchronousOnlyOperation` in a coroutine; use `await aget\\(\\)`"
    title = Book.objects.get(pk=pk).title  # want "use `await aget\\(\\)`"
    if Book.objects.filter(title=title).exists():  # want "use `await aexists\\(\\)`"
        Book.objects.create(title=title)  # want "use `await acreate\\(\\)`"
    first = Book.objects.order_by("title").first()  # want "use `await afirst\\(\\)`"
    number = Book.objects.count() + 1  # want "use `await acount\\(\\)`"
    books = Book.objects.filter(number=number)
    for other in books:  # want "iterating over `books` runs a query, which raises `SynchronousOnlyOperation` in a coroutine; use `async for`"
        print(other)
    titles = [b.title for b in Book.objects.all()]  # want "iterating over `Book.objects.all\\(\\)` runs a query"
    everything = list(Book.objects.all())  # want "`list\\(Book.objects.all\\(\\)\\)` runs a query, which raises `SynchronousOnlyOperation` in a coroutine; collect it with `async for`"
    length = len(books)  # want "use `await acount\\(\\)`"
    one = books[0]  # want "`books\\[0\\]` runs a query"
    found = get_object_or_404(Book, pk=pk)  # want "use `await aget_object_or_404\\(\\)`"
    user = authenticate(request)  # want "use `await aauthenticate\\(\\)`"
    with transaction.atomic():  # want "transactions are for plain functions: run one with `sync_to_async`"
        book.delete()  # want "use `await adelete\\(\\)`"
    with connection.cursor() as cursor:  # want "call it in a plain function with `sync_to_async`"
        print(cursor)
    return first, titles, everything, length, one, found, user


async def foreign(pk):
    book = await Book.objects.aget(pk=pk)
    print(book.author.name)  # want "reading `book.author` runs a query, which raises `SynchronousOnlyOperation` in a coroutine; fetch it with `select_related"
    async for other in Book.objects.filter(pk=pk):
        print(other.author)  # want "reading `other.author` runs a query"


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
    if books:  # want "the truth of `books` is told by a query"
        return 1
    if not Book.objects.all():  # want "the truth of `Book.objects.all\\(\\)` is told by a query"
        return 2
    if books is None or request:
        return 3
    return 4 if await books.aexists() else 5


def plain_truth():
    return bool(Book.objects.all()) if Book.objects.all() else 0


async def people():
    User.objects.get(pk=1)  # want "`User.objects.get\\(\\)`"
    User.objects.create_user("x")  # want "`User.objects.create_user\\(\\)`"
    await User.objects.acreate_user("x")
    return await User.objects.aget(pk=1)
