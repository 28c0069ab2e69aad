-- The shop's warehouse, made from nothing but row numbers: the same rows on every machine, and keys that join.
CREATE TABLE users AS
SELECT
  n + 1 AS id,
  list_extract(['Ada', 'Ben', 'Chloe', 'Dan', 'Eve', 'Finn', 'Gia', 'Hugo', 'Ida', 'Jon'], 1 + (hash(n, 1) % 10)::INT) AS first_name,
  list_extract(['Abel', 'Berg', 'Cole', 'Diaz', 'Eng', 'Ford', 'Gray', 'Hall'], 1 + (hash(n, 2) % 8)::INT) AS last_name,
  list_extract(['California', 'Florida', 'Illinois', 'New York', 'Ohio', 'Oregon', 'Texas', 'Washington'], 1 + (hash(n, 3) % 8)::INT) AS state,
  ((hash(n, 4) % 20000) / 100)::DECIMAL(10, 2) AS credit,
  TIMESTAMP '2022-01-01' + to_seconds((hash(n, 5) % 31536000)::BIGINT) AS created_at
FROM range(5000) AS numbers(n);

CREATE TABLE products AS
SELECT
  n + 1 AS id,
  list_extract(['Classic', 'Light', 'Warm', 'Quick', 'Blue', 'Tall'], 1 + (hash(n, 6) % 6)::INT) || ' '
    || list_extract(['Jacket', 'Jeans', 'Shirt', 'Shoes', 'Socks', 'Hat', 'Dress', 'Coat'], 1 + (n % 8)::INT) || ' ' || (n + 1) AS name,
  list_extract(['Outerwear', 'Jeans', 'Tops', 'Shoes', 'Socks', 'Accessories', 'Dresses', 'Outerwear'], 1 + (n % 8)::INT) AS category,
  list_extract(['Alder', 'Birch', 'Cedar', 'Elm', 'Fir'], 1 + (hash(n, 7) % 5)::INT) AS brand,
  ((500 + hash(n, 8) % 24500) / 100)::DECIMAL(10, 2) AS price
FROM range(800) AS numbers(n);

CREATE TABLE orders AS
SELECT
  n + 1 AS id,
  1 + (hash(n, 9) % 5000)::BIGINT AS user_id,
  list_extract(['Search', 'Email', 'Direct', 'Social'], 1 + (hash(n, 10) % 4)::INT) AS channel,
  TIMESTAMP '2023-01-01' + to_seconds((hash(n, 11) % 94608000)::BIGINT) AS created_at
FROM range(40000) AS numbers(n);

CREATE TABLE order_items AS
SELECT
  items.n + 1 AS id,
  orders.id AS order_id,
  products.id AS product_id,
  CASE WHEN hash(items.n, 12) % 100 < 78 THEN 'Complete' WHEN hash(items.n, 12) % 100 < 91 THEN 'Returned' ELSE 'Cancelled' END AS status,
  products.price AS sale_price,
  orders.created_at + to_seconds((hash(items.n, 13) % 3600)::BIGINT) AS created_at
FROM range(100000) AS items(n)
JOIN orders ON orders.id = 1 + (hash(items.n, 14) % 40000)::BIGINT
JOIN products ON products.id = 1 + (hash(items.n, 15) % 800)::BIGINT
ORDER BY 1;
