"""The JWT Pizza service: users, franchises, stores, a menu and orders, which the factory fulfils."""
