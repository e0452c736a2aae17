def main(service):
    if service.is_user_allowed("a"):  # want `AIO105` "."
        print(service)
    service.find_all("a")
