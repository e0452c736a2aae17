from telegram.ext import Updater


def before_20(bot):
    updater = Updater(bot=bot, workers=4)
    updater.start_polling()


def since_20(bot, queue):
    updater = Updater(bot, update_queue=queue)
    updater.start_polling()  # want "never awaited"
