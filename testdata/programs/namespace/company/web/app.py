import company.billing.ledger
import company.billing.ledger as book
import company.billing.missing
from company.billing import ledger
from company.billing.ledger import total
from ..billing import ledger as near


async def report():
    company.billing.ledger.total("a")  # want `AIO207` "2 calls down, where `rows`"
    book.total("a")  # want `AIO207` "2 calls down, where `rows`"
    ledger.total("a")  # want `AIO207` "2 calls down, where `rows`"
    total("a")  # want `AIO207` "2 calls down, where `rows`"
    near.total("a")  # want `AIO207` "2 calls down, where `rows`"
    ledger.refresh("a")  # want `AIO101` "never awaited"
    company.billing.ledger.refresh("a")  # want `AIO101` "never awaited"
    await ledger.refresh("a")
    company.billing.missing.total("a")
    ledger.title()
    ledger.gone("a")
