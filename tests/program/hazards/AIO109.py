Pool()
