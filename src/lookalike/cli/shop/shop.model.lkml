connection: "shop"
label: "Shop"

include: "/views/*.view"
include: "/dashboards/*.dashboard"

week_start_day: monday

# What was sold: one row an item.
explore: order_items {
  label: "Order Items"
  description: "Items sold, with their orders, buyers and products"

  join: orders {
    sql_on: ${order_items.order_id} = ${orders.id} ;;
    relationship: many_to_one
  }

  join: users {
    sql_on: ${orders.user_id} = ${users.id} ;;
    relationship: many_to_one
  }

  join: products {
    sql_on: ${order_items.product_id} = ${products.id} ;;
    relationship: many_to_one
  }

  join: user_facts {
    view_label: "Users"
    sql_on: ${users.id} = ${user_facts.user_id} ;;
    relationship: one_to_one
  }
}

# Who buys: one row a user. Joining what they bought fans users out; their sums stay right all the same.
explore: users {
  description: "Users, with everything they ordered"

  join: orders {
    sql_on: ${users.id} = ${orders.user_id} ;;
    relationship: one_to_many
  }

  join: order_items {
    sql_on: ${orders.id} = ${order_items.order_id} ;;
    relationship: one_to_many
  }

  join: user_facts {
    view_label: "Users"
    sql_on: ${users.id} = ${user_facts.user_id} ;;
    relationship: one_to_one
  }
}
