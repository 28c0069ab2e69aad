CREATE TABLE users (
    id INTEGER, name VARCHAR, state VARCHAR, age INTEGER, created_at TIMESTAMP, credit DECIMAL(12, 2)
);
CREATE TABLE orders (
    id INTEGER, user_id INTEGER, status VARCHAR, created_at TIMESTAMP, shipped_on DATE, shipping DECIMAL(12, 2)
);
CREATE TABLE order_items (
    id INTEGER, order_id INTEGER, product_id INTEGER, sale_price DECIMAL(12, 2), quantity INTEGER,
    returned_at TIMESTAMP
);
CREATE TABLE products (
    id INTEGER, category VARCHAR, brand VARCHAR, name VARCHAR, cost DECIMAL(12, 2), is_active BOOLEAN
);
